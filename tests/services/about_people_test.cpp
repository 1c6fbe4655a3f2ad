#include "house_fixture.hpp"

#include <map>
#include <sstream>

#include "services/consents.hpp"
#include "services/duplicates.hpp"
#include "services/merging.hpp"
#include "words/messages.hpp"
#include "words/shapes.hpp"
#include "words/verification.hpp"

/// What a centre knows of people beyond a name: whom they look like, how they are called when, what they agreed to, and
/// what stays when a role or a place ends.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AboutPeople : public AHouse {
protected:
    ImportReport import(const std::string& text) {
        std::istringstream file(text);
        Imports imports(house(), &rulebook);
        return imports.people(host, file, "", Mode::commit);
    }
};
PEERCERT_IN_BOTH(AboutPeople);

TEST_P(AboutPeople, SomebodyAlikeIsNamedWithWhatSpeaksForIt) {
    const auto first = somebody("William Reed", "1980-03-05");
    const Error no = refusal([&] { people->add(host, {.name_used = "Bill Reed", .born = day("1980-03-05")}, false); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr(first + " (a familiar form of the name; born on the same day"));
}

TEST_P(AboutPeople, APairThatWasSetApartNeverComesBack) {
    Duplicates duplicates(house());
    const auto first = somebody("Ana Ruiz", "1980-03-05");
    const Error no = refusal([&] { people->add(host, {.name_used = "Ruiz Ana", .born = day("1980-03-05")}, false); });
    EXPECT_THAT(no.what(), HasSubstr(first + " (the same name in another order; born on the same day"));
    const auto second = people->add(host, {.name_used = "Ruiz Ana", .born = day("1980-03-05")}, true).code.str();
    EXPECT_TRUE(duplicates.all(host, 100).empty()) << "whoever added them has looked";
    EXPECT_TRUE(duplicates.of(host, first).empty());
    const auto report = import("name,born\nAna Ruiz,1980-03-05\nRuiz Ana,1980-03-05\n");
    EXPECT_EQ(report.added, 0u);
    EXPECT_EQ(report.similar, 0u) << "and an import does not bring it back";
    EXPECT_TRUE(duplicates.all(host, 100).empty());
    EXPECT_EQ(refusal([&] { duplicates.set_apart(host, first, second, true); }).code(), ErrorCode::conflict);
    duplicates.set_apart(host, first, second, false);
    ASSERT_EQ(duplicates.all(host, 100).size(), 1u);
    EXPECT_EQ(duplicates.all(host, 100)[0].resemblance.points, 100);
    EXPECT_EQ(refusal([&] { duplicates.set_apart(host, first, first, true); }).code(), ErrorCode::invalid_input);
}

TEST_P(AboutPeople, WhoWasSetApartIsMergedOnlyByWhoKnowsThat) {
    const auto first = somebody("Ana Ruiz", "1980-03-05");
    const auto second = people->add(host, {.name_used = "Ruiz Ana", .born = day("1980-03-05")}, true).code.str();
    Merging merging(house());
    EXPECT_EQ(refusal([&] { merging.merge(host, first, second, false); }).code(), ErrorCode::conflict);
    merging.merge(host, first, second, true);
    EXPECT_EQ(people->show(host, second).person.code.str(), first);
}

TEST_P(AboutPeople, AnImportSaysWhomNewPeopleLookLike) {
    const auto first = somebody("Ana Maria Ruiz", "1980-03-05");
    const auto report = import("name,born\nAna Ruiz,1980-03-05\nBo Lind,1970-01-01\n");
    EXPECT_EQ(report.added, 2u) << "nobody is turned away for looking like somebody";
    ASSERT_EQ(report.similar_notes.size(), 1u);
    EXPECT_EQ(report.similar_notes[0].line, 2u);
    EXPECT_THAT(report.similar_notes[0].what, HasSubstr(first));
    EXPECT_THAT(report.similar_notes[0].what, HasSubstr("the name with a word more"));
}

TEST_P(AboutPeople, AMistypedCodeSaysSo) {
    std::string code = somebody("Ana Ruiz");
    std::swap(code[3], code[4]);
    if (!domain::PersonCode::parse(code)) { // two equal neighbours are no slip
        const Error no = refusal([&] { people->show(host, code); });
        EXPECT_EQ(no.code(), ErrorCode::invalid_input);
        EXPECT_THAT(no.what(), HasSubstr("mistyped"));
    }
    EXPECT_EQ(refusal([&] { people->show(host, "P-Diddy"); }).code(), ErrorCode::not_found) << "a name, perhaps";
}

TEST_P(AboutPeople, NamesOfEveryKindBeginAndEndAndNobodyIsEverWithoutOne) {
    today_is("2025-01-01");
    const auto code = people
                          ->add(host,
                                {.name_used = "Ana Ruiz",
                                 .name_on_certificate = "A. M. Former",
                                 .legal_name = "Legal Former",
                                 .born = day("1980-03-15")},
                                false)
                          .code.str();
    today_is("2025-04-02");
    certification->take_over(host, {code, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    const std::string number = certification->of_person(host, code).at(0).record.credential.number.str();
    const auto shown = [&] {
        return words::to_json(verify(number), words::Messages{}) +
               words::coverage_json(coverage(house(), rulebook, host, {.curriculum = "wrap"})).text();
    };
    EXPECT_EQ(verify(number).holder, "A. M. Former");
    people->change_name(host, code, domain::NameKind::certificate, "A. M. Present", day("2025-02-01"));
    people->change_name(host, code, domain::NameKind::legal, "Legal Present", day("2025-02-01"));
    people->change_name(host, code, domain::NameKind::used, "Ana Present", day("2025-02-01"));
    EXPECT_EQ(verify(number).holder, "A. M. Present");
    EXPECT_THAT(shown(), Not(HasSubstr("Former")));
    EXPECT_THAT(shown(), Not(HasSubstr("Legal"))) << "only where a law asks for it";
    people->end_name(host, code, domain::NameKind::certificate, day("2025-03-01"));
    people->end_name(host, code, domain::NameKind::legal, day("2025-03-01"));
    EXPECT_EQ(verify(number).holder, "Ana Present") << "the name in use stands in its place";
    std::map<domain::NameKind, std::vector<std::string>> spans;
    for (const domain::PersonName& name : people->show(host, code).names)
        spans[name.kind].push_back(peercert::to_text(name.first_day) + " " +
                                   (name.last_day ? peercert::to_text(*name.last_day) : "-"));
    const std::vector<std::string> ended{"2025-01-01 2025-01-31", "2025-02-01 2025-03-01"};
    EXPECT_EQ(spans[domain::NameKind::certificate], ended);
    EXPECT_EQ(spans[domain::NameKind::legal], ended);
    EXPECT_EQ(spans[domain::NameKind::used], (std::vector<std::string>{"2025-01-01 2025-01-31", "2025-02-01 -"}));
    const auto code_of = [&](auto&& act) { return refusal(act).code(); };
    EXPECT_EQ(code_of([&] { people->end_name(host, code, domain::NameKind::used, day("2025-03-01")); }),
              ErrorCode::invalid_input);
    EXPECT_EQ(code_of([&] { people->end_name(host, code, domain::NameKind::legal, day("2025-03-01")); }),
              ErrorCode::not_found);
    EXPECT_EQ(code_of([&] { people->change_name(host, code, domain::NameKind::used, "Too Early", day("2025-04-03")); }),
              ErrorCode::invalid_input)
        << "it would be shown before it is used";
    for (const char* nothing : {"", " ", "\xE2\x80\x8B"})
        EXPECT_EQ(code_of([&] { people->change_name(host, code, domain::NameKind::used, nothing, {}); }),
                  ErrorCode::invalid_input);
}

TEST_P(AboutPeople, ConsentIsDatedWordedAndTakenBackWithoutAReason) {
    Consents consents(house());
    const auto code = somebody("Ana Ruiz");
    ConsentRequest about{
        .person = code, .purpose = domain::ConsentPurpose::directory, .about = {}, .wording = "2025-1"};
    const auto code_of = [&](auto&& act) { return refusal(act).code(); };
    EXPECT_EQ(code_of([&] { consents.withdraw(host, about); }), ErrorCode::conflict) << "there is none";
    ConsentRequest unworded = about;
    unworded.wording.clear();
    EXPECT_EQ(code_of([&] { consents.give(host, unworded); }), ErrorCode::invalid_input);
    ConsentRequest early = about;
    early.day = day("2025-04-03");
    EXPECT_EQ(code_of([&] { consents.give(host, early); }), ErrorCode::invalid_input);
    about.day = day("2025-04-01");
    consents.give(host, about);
    EXPECT_EQ(code_of([&] { consents.give(host, about); }), ErrorCode::conflict) << "it stands";
    ASSERT_EQ(consents.of(host, code).size(), 1u);
    EXPECT_TRUE(consents.of(host, code)[0].stands);
    unworded.day = day("2025-03-31");
    EXPECT_EQ(code_of([&] { consents.withdraw(host, unworded); }), ErrorCode::invalid_input) << "before it was given";
    unworded.day = day("2025-04-02");
    consents.withdraw(host, unworded);
    const auto lines = consents.of(host, code);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_FALSE(lines[0].stands);
    EXPECT_FALSE(lines[1].consent.given);
    EXPECT_EQ(lines[1].consent.wording, "2025-1") << "what is withdrawn is what was agreed to";
    ConsentRequest wrong = about;
    wrong.about = "wi-cps";
    EXPECT_EQ(code_of([&] { consents.give(host, wrong); }), ErrorCode::invalid_input) << "only a register has a track";
    about.day = day("2025-04-02");
    consents.give(host, about);
    EXPECT_TRUE(consents.of(host, code).back().stands) << "and given again";
}

TEST_P(AboutPeople, ARoleThatEndsLeavesItsFacts) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    a_wrap_cohort({odessa});
    const auto before = ledger->of(host, odessa).size();
    organizations->end(host, "centre", odessa, "facilitator", day("2025-03-01"));
    const PersonView view = people->show(host, odessa);
    ASSERT_EQ(view.roles.size(), 1u);
    EXPECT_EQ(view.roles[0].first_day, day("2019-05-01"));
    EXPECT_EQ(view.roles[0].last_day, day("2025-03-01"));
    EXPECT_EQ(ledger->of(host, odessa).size(), before);
    EXPECT_EQ(cohorts->show(host, "wrap-1").conformity.sessions.at(0).leaders.at(0), odessa);
    EXPECT_EQ(certification->of_person(host, odessa).size(), 1u);
}

TEST_P(AboutPeople, WhoeverMovedOnIsStillOnTheLeadersListAsSuch) {
    a_wrap_cohort({});
    const auto ana = somebody("Ana Ruiz"), bo = somebody("Bo Lind");
    for (const auto& code : {ana, bo}) {
        cohorts->enrol(host, "wrap-1", code, day("2025-01-10"));
        cohorts->attend(host, "wrap-1", 1, code, Minutes{120});
    }
    cohorts->change_place(host, "wrap-1", ana, domain::EnrolmentState::moved_on, day("2025-02-01"));
    const CohortView view = cohorts->show(host, "wrap-1");
    ASSERT_EQ(view.people.size(), 2u);
    EXPECT_EQ(view.people[0].state, domain::EnrolmentState::moved_on);
    EXPECT_EQ(view.people[0].present, Minutes{120}) << "what they did is theirs";
    EXPECT_THAT(words::cohort_json(view).text(), HasSubstr("\"state\":\"moved_on\""));
}

} // namespace
} // namespace peercert::services
