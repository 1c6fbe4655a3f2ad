#include "house_fixture.hpp"

#include <sstream>

#include "services/cohort_import.hpp"
#include "services/record_import.hpp"

/// Files of what happened: history with old dates, hours, exam results, sign-offs, cohorts.
namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RecordFile : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        ana = somebody("Ana Ruiz");
        tobias = somebody("Tobias Renner", "1971-07-07");
    }
    ImportReport read(const std::string& text, std::optional<EntryKind> kind = {}, Mode mode = Mode::commit,
                      const ImportNames& names = {}) {
        std::istringstream file(text);
        return RecordImports(house(), rulebook).records(host, file, kind, names, mode);
    }
    ImportReport cohorts_of(const std::string& text, Mode mode = Mode::commit) {
        std::istringstream file(text);
        return import_cohorts(house(), rulebook, host, file, {}, mode);
    }
    std::string lines() { return database().place().ask("select count(*) from entry"); }
    std::string audit_rows() { return database().place().ask("select count(*) from audit"); }
    static std::string notes(const std::vector<RowNote>& all) {
        std::string text;
        for (const RowNote& one : all)
            text += std::to_string(one.line) + " " + one.column + " \"" + one.value + "\" " + one.what + "\n";
        return text;
    }

    std::string ana, tobias;
};
PEERCERT_IN_BOTH(RecordFile);

TEST_P(RecordFile, OfEveryKindComesInWithItsOldDaysOnce) {
    const std::string file =
        "person;kind;on;until;amount;code;topics;result;score;wording\n" + ana +
        ";practice;2019-03-01;2019-03-31;40 h;;;;;\n" + ana + ";ce;2019-05-02;;90;ethics-day;;;;\n" + ana +
        ";supervision;2019-05-03;;1.5 h;;;;;\n" + ana + ";exam;2019-06-01;;;competency;;passed;88.5;\n" + ana +
        ";training;2019-02-01;;;wi-approved-curriculum;;;;\n" + ana + ";document;2019-01-05;;;GED;;;;\n" + ana +
        ";activity;2019-05-04;;2;co-facilitated session;;;;\n" +
        "Tobias Renner;attestation;2019-01-05;;;own lived experience;;;;2018-1\n";
    const ImportReport first = read(file);
    EXPECT_EQ(notes(first.error_notes), "");
    EXPECT_EQ(first.added, 8U);
    EXPECT_TRUE(first.stored);
    EXPECT_EQ(database().place().ask("select first_day || ' ' || last_day || ' ' || amount from entry where kind = "
                                     "'practice'"),
              "2019-03-01 2019-03-31 2400");
    EXPECT_EQ(database().place().ask("select amount from entry where kind = 'exam'"), "8850");
    const std::string audit = audit_rows();
    const ImportReport again = read(file);
    EXPECT_EQ(again.added + again.changed, 0U);
    EXPECT_EQ(again.known, 8U);
    EXPECT_EQ(lines(), "8");
    EXPECT_EQ(audit_rows(), audit) << "a file that is read again leaves no trace";
}

TEST_P(RecordFile, NamesEveryWrongRowAndStoresNothing) {
    const std::string before = audit_rows();
    const ImportReport report =
        read("person,kind,on,amount,code,result\n" + ana + ",practice,2019-02-30,2 h,,\n" + ana +
             ",story,2019-02-01,2 h,,\n" + ana + ",practice,2019-02-01,a while,,\nNobody Here," +
             "practice,2019-02-01,2 h,,\n" + ana + ",document,2019-02-01,,GDE,\n" + ana +
             ",attendance,2019-02-01,2 h,,\n" + ana + ",practice,2025-04-03,2 h,,\n" + ana +
             ",exam,2019-02-01,,competency,great\n" + ana + ",practice,2019-02-01,25 h,,\n");
    EXPECT_EQ(report.errors, 9U);
    EXPECT_EQ(report.rows, 9U);
    const std::string told = notes(report.error_notes);
    for (const char* part :
         {"2 on \"2019-02-30\" no such day", "3 kind \"story\" what is it?", "4 amount \"a while\" how long?",
          "5  \"\" nobody whom you may see", "6 code \"GDE\"", "7 kind \"attendance\" has a way of its own",
          "8 on \"2025-04-03\" is still to come", "9 result \"great\"", "10  \"\" that is more than 24 hours"})
        EXPECT_THAT(told, HasSubstr(part));
    EXPECT_FALSE(report.stored);
    EXPECT_EQ(lines(), "0");
    EXPECT_EQ(audit_rows(), before);
}

TEST_P(RecordFile, CorrectsWhatHappensOnceAndSaysWhatWas) {
    read("person,kind,on,code,result,score\n" + ana + ",exam,2019-06-01,competency,not_yet,60\n");
    const std::string file = "person,kind,on,code,result,score\n" + ana + ",exam,2019-06-01,competency,passed,88\n";
    const ImportReport rehearsed = read(file, {}, Mode::rehearse);
    EXPECT_EQ(rehearsed.changed, 1U);
    EXPECT_FALSE(rehearsed.stored);
    EXPECT_THAT(notes(rehearsed.change_notes),
                HasSubstr("2  \"\" was exam competency, 6000, not_yet; becomes exam competency, 8800, passed"));
    EXPECT_EQ(lines(), "1");
    EXPECT_EQ(read(file).changed, 1U);
    EXPECT_EQ(database().place().ask("select late_reason from entry where replaces is not null"), "correction");
    EXPECT_EQ(read(file).known, 1U);
}

TEST_P(RecordFile, ColumnThatItDoesNotHaveCorrectsNothing) {
    read("person,kind,on,code,result,score\n" + ana + ",exam,2019-06-01,competency,passed,88\n");
    const ImportReport report = read("person,kind,on,code\n" + ana + ",exam,2019-06-01,competency\n");
    EXPECT_EQ(report.known, 1U);
    EXPECT_EQ(lines(), "1");
}

TEST_P(RecordFile, HoursOfOneDayAreAddedAndNeverTakenForOneAnother) {
    const std::string one = "person,on,amount\n" + ana + ",2019-06-01,2 h\n";
    read(one, EntryKind::practice);
    const ImportReport two = read(one + ana + ",2019-06-01,3 h\n", EntryKind::practice);
    EXPECT_EQ(two.known, 1U);
    EXPECT_EQ(two.added, 1U);
    const ImportReport twice =
        read("person,on,amount\n" + tobias + ",2019-06-01,2 h\n" + tobias + ",2019-06-01,2 h\n", EntryKind::practice);
    EXPECT_EQ(twice.added, 2U) << "two shifts alike in one file are two";
    EXPECT_EQ(
        read("person,on,amount\n" + tobias + ",2019-06-01,2 h\n" + tobias + ",2019-06-01,2 h\n", EntryKind::practice)
            .known,
        2U);
}

TEST_P(RecordFile, DayHasNoMoreHoursThanADay) {
    const ImportReport report =
        read("person,on,amount\n" + ana + ",2019-06-01,13 h\n" + ana + ",2019-06-01,12 h\n", EntryKind::practice);
    EXPECT_EQ(report.errors, 1U);
    EXPECT_THAT(notes(report.error_notes), HasSubstr("more than 24 hours a day"));
    EXPECT_EQ(lines(), "0");
}

TEST_P(RecordFile, OfAnotherProgramIsReadByItsOwnNamesAndTheyAreRemembered) {
    ImportNames typed;
    typed.typed = parse_column_names({"Learner=person,Completed\\, day=on", "Course=code"});
    EXPECT_THAT(typed.typed, ElementsAre(std::pair("Learner", "person"), std::pair("Completed, day", "on"),
                                         std::pair("Course", "code")));
    typed.remember = "lms";
    const std::string file = "ID,Learner,\"Completed, day\",Course\n7," + ana + ",2019-02-01,wi-approved-curriculum\n";
    const ImportReport first = read(file, EntryKind::training, Mode::commit, typed);
    EXPECT_EQ(notes(first.error_notes), "");
    EXPECT_EQ(first.added, 1U);
    EXPECT_THAT(first.passed_over, ElementsAre("ID"));
    ImportNames remembered;
    remembered.mapping = "lms";
    EXPECT_EQ(read(file, EntryKind::training, Mode::commit, remembered).known, 1U);
    remembered.mapping = "lsm";
    const Error error = refusal([&] { read(file, EntryKind::training, Mode::commit, remembered); });
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_THAT(error.what(), HasSubstr("there is: lms"));
    std::istringstream people_file("name\nNina Okafor\n");
    ImportNames for_records;
    for_records.mapping = "lms";
    EXPECT_EQ(
        refusal([&] { Imports(house(), nullptr, for_records).people(host, people_file, "", Mode::commit); }).code(),
        ErrorCode::conflict);
    for (const char* none : {"", "Learner", "=person", "Learner=", "Learner=person,,"})
        EXPECT_EQ(refusal([&] { parse_column_names({none}); }).code(), ErrorCode::invalid_input) << none;
}

TEST_P(RecordFile, OfSignOffsTakesOnlyWhoWasEntitled) {
    const std::string leader = a_facilitator("Odessa Whitfield", "2024-06-01");
    a_wrap_cohort({leader, a_facilitator("Milo Varga", "2024-06-01")});
    cohorts->enrol(host, "wrap-1", ana, day("2025-01-10"));
    const auto sign = [&](const std::string& rows) {
        std::istringstream file("person,competency,assessor,cohort,session,late\n" + rows);
        return RecordImports(house(), rulebook).sign_offs(host, file, {}, Mode::commit);
    };
    const std::string good = ana + ",samhsa-core/II.3," + leader + ",wrap-1,7,paper_form\n";
    const ImportReport refused = sign(good + ana + ",samhsa-core/II.4," + tobias + ",wrap-1,7,paper_form\n");
    EXPECT_EQ(refused.errors, 1U);
    EXPECT_THAT(notes(refused.error_notes), HasSubstr("3 assessor \"" + tobias + "\""));
    EXPECT_EQ(database().place().ask("select count(*) from entry where kind = 'sign_off'"), "0");
    const ImportReport first = sign(good);
    EXPECT_EQ(notes(first.error_notes), "");
    EXPECT_EQ(first.added, 1U);
    EXPECT_EQ(sign(good).known, 1U);
}

TEST_P(RecordFile, OfCohortsOpensThemAsTheyWereHeld) {
    const std::string leader = a_facilitator("Odessa Whitfield", "2018-06-01");
    const std::string head = "cohort,curriculum,organization,format,day,minutes,leaders\n";
    const std::string file = head + "old-1,wrap,centre,weekly group,2019-06-08,150," + leader +
                             "\nold-1,,,,2019-06-01,120,\nold-2,wrap,centre,weekly group,2019-07-01,150,\n";
    const ImportReport first = cohorts_of(file);
    EXPECT_EQ(notes(first.error_notes), "");
    EXPECT_EQ(first.added, 3U);
    EXPECT_EQ(database().place().ask("select held_on || ' ' || minutes from session join cohort on cohort.id = "
                                     "session.cohort where cohort.code = 'old-1' and number = 1"),
              "2019-06-01 120");
    EXPECT_EQ(database().place().ask("select count(*) from session_leader"), "2");
    const std::string audit = audit_rows();
    EXPECT_EQ(cohorts_of(file).known, 3U);
    EXPECT_EQ(audit_rows(), audit);

    const ImportReport wrong = cohorts_of(head + "old-1,wrap,centre,,2019-06-15,,\nnew,wrap,nowhere,,2019-06-01,,\n"
                                                 "odd,wrap,centre,,2019-06-01,,\nodd,ecpr,centre,,2019-06-01,,\n");
    EXPECT_FALSE(wrong.stored);
    EXPECT_THAT(notes(wrong.error_notes), HasSubstr("5 curriculum \"ecpr\" another row of odd says \"wrap\""));
    EXPECT_THAT(notes(wrong.error_notes), HasSubstr("5 day \"2019-06-01\" the cohort has a row for that day already"));
    const ImportReport later = cohorts_of(head + "old-1,wrap,centre,,2019-06-15,,\nnew,wrap,nowhere,,2019-06-01,,\n");
    EXPECT_THAT(notes(later.error_notes), HasSubstr("2 day \"2019-06-15\" old-1 is here already"));
    EXPECT_THAT(notes(later.error_notes), HasSubstr("no organization has the code \"nowhere\""));
    EXPECT_EQ(database().place().ask("select count(*) from cohort"), "2");
}

TEST_P(RecordFile, IsForWhoMayWriteInThoseLedgers) {
    const Actor self{"person:" + ana, house().store.read([&](storage::UnitOfWork& work) {
                         return work.people.find(domain::PersonCode::parse(ana).value())->id;
                     })};
    std::istringstream file("person,on,code\n" + tobias + ",2019-02-01,GED\n");
    const ImportReport report =
        RecordImports(house(), rulebook).records(self, file, EntryKind::document, {}, Mode::commit);
    EXPECT_EQ(report.errors, 1U);
    EXPECT_EQ(lines(), "0");
}

} // namespace
} // namespace peercert::services
