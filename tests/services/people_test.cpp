#include "house_fixture.hpp"

namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class KeepingPeople : public AHouse {
protected:
    ImportReport import(const std::string& text, Mode mode = Mode::commit, const std::string& cohort = {}) {
        std::istringstream file(text);
        Imports imports(house(), &rulebook);
        return imports.people(host, file, cohort, mode);
    }
    std::size_t everybody() { return people->find(host, "", 1000).size(); }
};
PEERCERT_IN_BOTH(KeepingPeople);

TEST_P(KeepingPeople, SomebodyWhoMayBeHereAlreadyIsNamed) {
    const auto first = somebody("Ignacio Peña", "1990-06-06");
    const Error no =
        refusal([&] { people->add(host, {.name_used = "IGNACIO PENA", .born = day("1990-06-06")}, false); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr(first));
    EXPECT_NO_THROW(people->add(host, {.name_used = "IGNACIO PENA", .born = day("1990-06-06")}, true));
}

TEST_P(KeepingPeople, TheSameNameWithoutMoreMayBeHereAlready) {
    const auto first = people->add(host, {.name_used = "Gideon Mbeki"}, false).code.str();
    const Error no = refusal([&] { people->add(host, {.name_used = "gideon mbeki"}, false); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr(first));
    EXPECT_NO_THROW(people->add(host, {.name_used = "Gideon Mbeki"}, true));
    const auto report = import("name\nOdessa Whitfield\nOdessa Whitfield\n");
    EXPECT_EQ(report.added, 1u);
    EXPECT_EQ(report.known, 1u);
    EXPECT_EQ(report.known_notes.size(), 0u) << "nobody knows that it is the same person";
    ASSERT_EQ(report.doubtful_notes.size(), 1u);
    EXPECT_THAT(report.doubtful_notes[0].what, HasSubstr("too little is known to tell them apart"));
    EXPECT_EQ(import("name\nOdessa Whitfield\n").added, 0u);
}

TEST_P(KeepingPeople, ANameIsEnough) {
    const auto code = people->add(host, {.name_used = "Gideon Mbeki"}, false).code.str();
    EXPECT_EQ(people->show(host, code).contacts.size(), 0u);
}

TEST_P(KeepingPeople, APersonIsFoundByCodeOrWholeNameAndTwoOfOneNameByCodeOnly) {
    const auto first = somebody("Ana Ruiz", "1980-01-01");
    EXPECT_EQ(people->show(host, "ana ruíz").person.code.str(), first);
    EXPECT_EQ(refusal([&] { people->show(host, "Ana"); }).code(), ErrorCode::not_found);
    somebody("Ana Ruiz", "1981-01-01");
    EXPECT_EQ(refusal([&] { people->show(host, "Ana Ruiz"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(people->show(host, first).person.code.str(), first);
}

TEST_P(KeepingPeople, AFileWithAnyWrongRowStoresNothingAndNamesEveryRow) {
    const auto report = import("name,born,email\nAna Ruiz,1980-02-30,\nBo Lind,2999-01-01,\n,1980-01-01,\nCy "
                               "Young,1980-01-01,not-an-address\nDee Park,1980-01-01,\n");
    EXPECT_FALSE(report.stored);
    EXPECT_EQ(report.rows, 5u);
    EXPECT_EQ(report.errors, 4u);
    ASSERT_EQ(report.error_notes.size(), 4u);
    EXPECT_EQ(report.error_notes[0].line, 2u);
    EXPECT_EQ(report.error_notes[0].column, "born");
    EXPECT_EQ(report.error_notes[0].value, "1980-02-30");
    EXPECT_THAT(report.error_notes[1].what, HasSubstr("still to come"));
    EXPECT_EQ(everybody(), 0u);
}

TEST_P(KeepingPeople, ABadQuoteHidesNoOtherRowThatNeedsMending) {
    const auto report = import("name,born\n\"Ana\" Ruiz,1980-02-28\nBo Lind,2999-01-01\n\"Cy Young,1980-01-01\nDee "
                               "Park,1980-02-30\nEli Roe,1980-01-01\n");
    EXPECT_FALSE(report.stored);
    EXPECT_EQ(report.rows, 5u);
    std::vector<std::size_t> lines;
    for (const auto& note : report.error_notes)
        lines.push_back(note.line);
    EXPECT_EQ(lines, (std::vector<std::size_t>{2, 3, 4, 5}));
    EXPECT_THAT(report.error_notes[2].what, HasSubstr("never closed; reading went on at line 5"));
    EXPECT_EQ(everybody(), 0u);
}

TEST_P(KeepingPeople, AFileWithSemicolonsIsReadAndSaysSo) {
    const auto report = import("name;born\nAna Ruiz;1980-02-28\n");
    EXPECT_EQ(report.separator, ';');
    EXPECT_EQ(report.added, 1u);
}

TEST_P(KeepingPeople, TheSameFileTwiceAddsNobodyTheSecondTime) {
    const std::string file =
        "name,born,email\nAna Ruiz,1980-02-28,ana@example.org\nBo Lind,1981-01-01,\nANA RUIZ,1980-02-28,\n";
    const auto first = import(file);
    EXPECT_EQ(first.added, 2u);
    EXPECT_EQ(first.known, 1u) << "twice in the file under two spellings";
    const auto second = import(file);
    EXPECT_TRUE(second.stored);
    EXPECT_EQ(second.added, 0u);
    EXPECT_EQ(second.known, 3u);
    EXPECT_EQ(everybody(), 2u);
}

TEST_P(KeepingPeople, ARowThatMayMeanSeveralOrSomebodyBornOnAnotherDayIsMendedAndNobodyIsGuessed) {
    import("name,born,email\nSam Hill,1990-05-17,one@example.org\nMaria Lopez,1990-02-02,maria@example.org\n");
    const std::string maria = people->show(host, "Maria Lopez").person.code.str();
    const std::string one = people->show(host, "Sam Hill").person.code.str();
    const std::string two =
        people->add(host, {.name_used = "Sam Hill", .born = day("1990-05-17"), .email = "two@example.org"}, true)
            .code.str();
    a_wrap_cohort({});
    const auto report = import("name,born,email\nSam Hill,1990-05-17,\nBo Lind,2999-01-01,\n"
                               "Maria Lopez,1991-03-03,maria@example.org\nSam Hill,1990-05-17,two@example.org\n",
                               Mode::commit, "wrap-1");
    EXPECT_FALSE(report.stored);
    ASSERT_EQ(report.error_notes.size(), 3u);
    EXPECT_EQ(report.error_notes[0].line, 2u);
    EXPECT_THAT(report.error_notes[0].what, HasSubstr(one + ", " + two));
    EXPECT_EQ(report.error_notes[1].line, 3u) << "in the order of the file";
    EXPECT_THAT(report.error_notes[2].what, HasSubstr("those of " + maria + ", the birthday is another"));
    const auto exact = import("name,born,email\nSam Hill,1990-05-17,two@example.org\n", Mode::commit, "wrap-1");
    ASSERT_EQ(exact.known_notes.size(), 1u);
    EXPECT_THAT(exact.known_notes[0].what, HasSubstr(two)) << "the one with whom everything agrees";
    EXPECT_EQ(cohorts->show(host, "wrap-1").people.size(), 1u);
}

TEST_P(KeepingPeople, NobodyIsCalledByACodeThatWasNeverGiven) {
    const auto report =
        import("name,born\nAna Ruiz,1980-02-28\nANA RUIZ,1980-02-28\nana ruíz,\nCy,\nCy,\nBo Lind,1980-02-30\n");
    EXPECT_FALSE(report.stored);
    ASSERT_EQ(report.known_notes.size(), 1u);
    EXPECT_EQ(report.known_notes[0].what, "is the same as line 2");
    ASSERT_EQ(report.doubtful_notes.size(), 2u);
    EXPECT_THAT(report.doubtful_notes[0].what, HasSubstr("is the same as line 2: "));
    EXPECT_THAT(report.doubtful_notes[1].what, HasSubstr("is the same as line 5: "));
}

TEST_P(KeepingPeople, AFamilyMayShareAnAddress) {
    const auto report =
        import("name,born,email\nMaria Lopez,1990-02-02,fam@example.org\nJose Lopez,1960-02-02,fam@example.org\n");
    EXPECT_EQ(report.added, 2u);
    EXPECT_EQ(import("name,born,email\nMaria Vega,1990-02-02,fam@example.org\n").known, 1u)
        << "same address and birthday";
}

TEST_P(KeepingPeople, ANameNobodyCouldSeeAndANumberNobodyCouldDialAreRefused) {
    EXPECT_EQ(import("name\n\xE2\x80\x8B\n").errors, 1u);
    EXPECT_EQ(import("name,phone\nAna Ruiz,abc\n").errors, 1u);
    EXPECT_EQ(everybody(), 0u);
}

TEST_P(KeepingPeople, ADryRunSaysTheSameAndStoresNothing) {
    const auto report = import("name\nAna Ruiz\n", Mode::rehearse);
    EXPECT_EQ(report.added, 1u);
    EXPECT_FALSE(report.stored);
    EXPECT_EQ(everybody(), 0u);
}

TEST_P(KeepingPeople, AttendanceIsReadByNameCodeOrAddress) {
    a_wrap_cohort({});
    import("name,born,email\nAna Ruiz,1980-02-28,ana@example.org\nBo Lind,1981-01-01,\n", Mode::commit, "wrap-1");
    const std::string bo = people->show(host, "Bo Lind").person.code.str();
    const auto read = [&](const std::string& text) {
        std::istringstream file(text);
        Imports imports(house(), &rulebook);
        return imports.attendance(host, "wrap-1", file, Mode::commit);
    };
    const std::string file = "person,session,minutes\nANA@example.org,1,120\n" + bo + ",1,60\nana ruíz,2,0\n";
    EXPECT_EQ(read(file).added, 3u);
    EXPECT_EQ(read(file).known, 3u) << "the same file again changes nothing";
    const auto mended = read("person,session,minutes\n" + bo + ",1,90\n");
    EXPECT_EQ(mended.changed, 1u);
    EXPECT_EQ(read("person,session,minutes\n" + bo + ",3,90\nBo Lind,3,100\n").errors, 1u) << "twice in one file";
    const auto wrong =
        read("person,session,minutes\nNobody Here,1,120\n" + bo + ",9,120\n" + bo + ",1,-5\n" + bo + ",1,151\n");
    EXPECT_EQ(wrong.errors, 4u);
    EXPECT_FALSE(wrong.stored);
}

class Rights : public AHouse {
protected:
    Actor as(const std::string& code) { return {"person:" + code, people->show(host, code).person.id}; }
};
PEERCERT_IN_BOTH(Rights);

TEST_P(Rights, ARoleActsFromItsFirstDayToItsLast) {
    const auto ana = somebody("Ana Ruiz");
    organizations->grant(host, "centre", ana, "coordinator", day("2025-04-01"), day("2025-04-30"));
    const NewCohort cohort{"wrap-1", "wrap", "weekly group", "centre", "", "", eight_fridays(), {}};
    today_is("2025-03-31");
    EXPECT_EQ(refusal([&] { cohorts->open(as(ana), cohort); }).code(), ErrorCode::forbidden);
    today_is("2025-04-30");
    EXPECT_NO_THROW(cohorts->open(as(ana), cohort, Mode::rehearse));
    today_is("2025-05-01");
    EXPECT_EQ(refusal([&] { cohorts->open(as(ana), cohort); }).code(), ErrorCode::forbidden);
}

TEST_P(Rights, WhomAnOrganizationDoesNotKnowDoesNotExistForIt) {
    const auto ana = somebody("Ana Ruiz"), bo = somebody("Bo Lind");
    organizations->grant(host, "centre", ana, "coordinator", day("2025-01-01"), {});
    const Error foreign = refusal([&] { people->show(as(ana), bo); });
    EXPECT_EQ(foreign.code(), ErrorCode::not_found);
    EXPECT_STREQ(foreign.what(), refusal([&] { people->show(as(ana), "Nobody Here"); }).what())
        << "who is foreign and who is missing get the same answer";
    a_wrap_cohort({});
    cohorts->enrol(as(ana), "wrap-1", bo, {});
    EXPECT_NO_THROW(people->show(as(ana), bo));
}

TEST_P(Rights, WhoeverHasNoRoleLearnsOfNoCodeWhetherItExists) {
    const auto nobody = somebody("Ana Ruiz"), bo = ready_for_wisconsin("Bo Lind");
    a_wrap_cohort({});
    const auto asked = certification->apply(host, {bo, "wi-cps", Step::Verb::become, "", {}});
    const auto decided =
        certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"}).credential;
    const std::string number = decided->record.credential.number.str();
    const std::string unknown = "P-0000-0000-000", unknown_number = "0000-0000-000";
    const Actor me = as(nobody);
    const auto alike = [&](const char* what, auto&& real, auto&& invented, const std::string& one,
                           const std::string& other) {
        const Error yes = refusal(real), no = refusal(invented);
        EXPECT_EQ(yes.code(), no.code()) << what;
        std::string said = yes.what();
        if (const auto at = said.find(one); at != std::string::npos)
            said.replace(at, one.size(), other);
        EXPECT_EQ(said, no.what()) << what;
    };
    const auto person = [&](const char* what, auto&& ask) {
        alike(
            what, [&] { ask(bo); }, [&] { ask(unknown); }, bo, unknown);
        alike(
            what, [&] { ask("Bo Lind"); }, [&] { ask("Bo Lund"); }, "Bo Lind", "Bo Lund");
    };
    person("show", [&](const std::string& code) { people->show(me, code); });
    person("born", [&](const std::string& code) { people->set_born(me, code, day("1980-01-01")); });
    person("departed", [&](const std::string& code) { people->set_departed(me, code, day("2025-01-01")); });
    person("ledger", [&](const std::string& code) { ledger->of(me, code); });
    person("record", [&](const std::string& code) {
        ledger->add(me, {.person = code, .kind = EntryKind::ce, .first_day = day("2025-03-01"), .amount = 60});
    });
    person("credentials", [&](const std::string& code) { certification->of_person(me, code); });
    person("apply", [&](const std::string& code) {
        certification->apply(me, {code, "wi-cps", Step::Verb::become, "", {}});
    });
    person("award", [&](const std::string& code) {
        certification->award(me, {code, "wi-cps", Step::Verb::become, "", {}}, "office");
    });
    person("take over", [&](const std::string& code) {
        certification->take_over(me, {code, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    });
    person("grant", [&](const std::string& code) { organizations->grant(me, "centre", code, "reviewer", {}, {}); });
    const auto credential = [&](const char* what, auto&& ask) {
        alike(
            what, [&] { ask(number); }, [&] { ask(unknown_number); }, number, unknown_number);
    };
    credential("credential", [&](const std::string& code) { certification->show(me, code, {}); });
    credential("suspend", [&](const std::string& code) {
        certification->change_standing(me, code, domain::CredentialEventKind::suspend, {});
    });
    const auto cohort = [&](const char* what, auto&& ask) {
        alike(
            what, [&] { ask("wrap-1"); }, [&] { ask("wrap-9"); }, "wrap-1", "wrap-9");
    };
    cohort("cohort", [&](const std::string& code) { cohorts->show(me, code); });
    cohort("complete", [&](const std::string& code) { cohorts->complete(me, code); });
    cohort("enrol", [&](const std::string& code) { cohorts->enrol(me, code, bo, {}); });
    alike(
        "entry", [&] { ledger->withdraw(me, EntryId(1)); }, [&] { ledger->withdraw(me, EntryId(9999)); }, "entry 1",
        "entry 9999");
    alike(
        "application", [&] { certification->application(me, asked.application.id); },
        [&] { certification->application(me, ApplicationId(9999)); }, "-", "-");
    // Whoever has to do with them, in another role, is told that the role is missing.
    organizations->grant(host, "centre", nobody, "facilitator", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { cohorts->complete(me, "wrap-1"); }).code(), ErrorCode::forbidden);
    cohorts->enrol(host, "wrap-1", bo, {});
    EXPECT_EQ(refusal([&] { people->show(me, bo); }).code(), ErrorCode::forbidden);
}

TEST_P(Rights, OfADuplicateIsNamedOnlyWhomTheActorMayKnow) {
    const auto ana = somebody("Ana Ruiz"), bo = somebody("Bo Lind", "1990-06-06");
    organizations->grant(host, "centre", ana, "coordinator", day("2025-01-01"), {});
    const domain::NewPerson again{.name_used = "BO LIND", .born = day("1990-06-06")};
    const Error foreign = refusal([&] { people->add(as(ana), again, false); });
    EXPECT_EQ(foreign.code(), ErrorCode::conflict);
    EXPECT_THAT(foreign.what(), HasSubstr("in the record of another organization already"));
    EXPECT_THAT(foreign.what(), ::testing::Not(HasSubstr("P-")));
    Imports imports(house(), &rulebook);
    const auto told = [&] {
        std::istringstream file("name,born\nBo Lind,1990-06-06\n");
        return imports.people(as(ana), file, "", Mode::rehearse).known_notes.at(0).what;
    };
    EXPECT_THAT(told(), HasSubstr("in the record of another organization"));
    EXPECT_EQ(refusal([&] { people->show(as(ana), "Bo Lind"); }).code(), ErrorCode::not_found);
    a_wrap_cohort({});
    cohorts->enrol(host, "wrap-1", bo, {});
    EXPECT_THAT(refusal([&] { people->add(as(ana), again, false); }).what(), HasSubstr(bo));
    EXPECT_THAT(told(), HasSubstr(bo));
    // Of two of one name, the one whom the centre knows is meant.
    people->add(host, {.name_used = "Bo Lind", .born = day("1970-01-01")}, false);
    EXPECT_EQ(people->show(as(ana), "Bo Lind").person.code.str(), bo);
    EXPECT_EQ(refusal([&] { people->show(host, "Bo Lind"); }).code(), ErrorCode::conflict);
}

TEST_P(Rights, AFileOfPeopleEnrolsIntoCohortsOfOnesOwnOrganizationOnly) {
    organizations->add(host, {{}, "other", "Another Centre", domain::OrganizationKind::training_centre, ""});
    const auto ana = somebody("Ana Ruiz"), bo = somebody("Bo Lind");
    organizations->grant(host, "other", ana, "coordinator", day("2025-01-01"), {});
    organizations->grant(host, "centre", bo, "coordinator", day("2025-01-01"), {});
    a_wrap_cohort({}); // the centre's
    Imports imports(house(), &rulebook);
    std::istringstream file("name\nCy Dee\n");
    EXPECT_EQ(refusal([&] { imports.people(as(ana), file, "wrap-1", Mode::commit); }).code(), ErrorCode::not_found);
    EXPECT_EQ(imports.people(as(bo), file, "wrap-1", Mode::commit).added, 1U);
}

TEST_P(Rights, EverybodySeesTheirOwnRecordAndCannotAddToIt) {
    const auto ana = somebody("Ana Ruiz");
    EXPECT_NO_THROW(people->show(as(ana), ana));
    EXPECT_NO_THROW(ledger->of(as(ana), ana));
    EXPECT_EQ(refusal([&] {
                  ledger->add(as(ana),
                              {.person = ana, .kind = EntryKind::ce, .first_day = day("2025-03-01"), .amount = 60});
              }).code(),
              ErrorCode::forbidden);
}

TEST_P(Rights, AReviewerNamedByTheirNameStandsInTheDecisionByTheirCode) {
    // A decision is never changed, so no name may get into it.
    const auto reviewer = somebody("Rosalind Achterberg"), person = ready_for_wisconsin("Dolores Quintero");
    organizations->grant(host, "office", reviewer, "reviewer", day("2025-01-01"), {});
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "Rosalind Achterberg", "office"});
    house().store.read([&](storage::UnitOfWork& work) {
        const auto decisions = work.applications.decisions_on(asked.application.id);
        ASSERT_EQ(decisions.size(), 1U);
        EXPECT_EQ(decisions[0].decided_by, "person:" + reviewer);
    });
}

TEST_P(Rights, AReviewerDecidesForTheirOwnBodyOnlyAndNeverForThemselves) {
    const auto reviewer = ready_for_wisconsin("Rosalind Achterberg"), person = ready_for_wisconsin("Dolores Quintero");
    organizations->grant(host, "office", reviewer, "reviewer", day("2025-01-01"), {});
    organizations->add(host, {{}, "other", "Another Invented Office", domain::OrganizationKind::certifying_body, ""});
    const auto own = certification->apply(host, {reviewer, "wi-cps", Step::Verb::become, "", {}});
    const auto other = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    using domain::Outcome;
    EXPECT_EQ(refusal([&] {
                  certification->decide(as(reviewer), {own.application.id, Outcome::granted, "", "office"});
              }).code(),
              ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] {
                  certification->decide(as(reviewer), {other.application.id, Outcome::granted, "", "other"});
              }).code(),
              ErrorCode::forbidden);
    EXPECT_NO_THROW(certification->decide(as(reviewer), {other.application.id, Outcome::granted, "", "office"}));
}

} // namespace
} // namespace peercert::services
