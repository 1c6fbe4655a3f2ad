#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "storage/admin.hpp"
#include "storage/store.hpp"
#include "support/run_cli.hpp"

namespace {

using namespace peercert;
using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// A demo record with one holder: Zoë Brandt (invented), certified from 2025-01-10 to 2026-01-09; it is 2025-10-20.
class Verify : public testing::Test {
protected:
    Verify() {
        peercert.set("PEERCERT_DB", file);
        storage::create_database({.url = file}, {.kind = domain::InstallationKind::demo, .demo_clock = now},
                                 {"host:test", now});
        storage::Store store({.url = file});
        store.write({"host:test", now}, [&](storage::UnitOfWork& work) {
            const auto issuer = work.organizations.add({.code = "wi",
                                                        .name = "Wisconsin (invented office)",
                                                        .kind = domain::OrganizationKind::certifying_body});
            const auto person = work.people.add({.name_used = "Zoë Brandt"});
            holder = person.id;
            const auto made = work.credentials.add(person.id, "wi-cps", issuer);
            work.credentials.add_term(made.id, {.n = 1,
                                                .first_day = 2025y / 1 / 10,
                                                .last_day = 2026y / 1 / 9,
                                                .level = "certified",
                                                .title = "Certified Peer Specialist",
                                                .public_title = "Certified Peer Specialist",
                                                .name_as_issued = "Zoë Brandt",
                                                .edition = "2024",
                                                .zone = "America/Chicago"});
            credential = made.id;
            number = made.number.str();
            work.audit.append({.action = "test.made", .object = "credential"});
        });
    }
    void happens(domain::CredentialEventKind kind, Date day) {
        storage::Store store({.url = file});
        store.write({"host:test", now}, [&](storage::UnitOfWork& work) {
            work.credentials.add_event(credential, {.kind = kind, .effective_day = day});
            work.audit.append({.action = "test.event", .object = "credential"});
        });
    }
    CliResult on(const std::string& day) { return peercert({"verify", number, "--on", day, "--json"}); }
    std::string outcome(const std::string& day) { return json::parse(on(day).out)["outcome"]; }

    RunCli peercert;
    const std::string file = (peercert.home() / "a.db").string();
    const domain::Instant now = *domain::parse_instant("2025-10-20T09:00:00Z");
    PersonId holder;
    CredentialId credential;
    std::string number;
};

TEST_F(Verify, CertifiedIsTheOnlyZero) {
    const CliResult result = peercert({"verify", number});
    EXPECT_EQ(result.exit, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("Certified"));
    EXPECT_THAT(result.out, HasSubstr("Zoë Brandt"));
    EXPECT_THAT(result.out, HasSubstr(number));
    const json answer = json::parse(peercert({"verify", number, "--json"}).out);
    EXPECT_EQ(answer["certified"], true);
    EXPECT_EQ(answer["valid_on"], "2025-10-20");
}

TEST_F(Verify, NumberIsReadAsPeopleTypeIt) {
    std::string typed;
    for (const char c : number)
        if (c != '-')
            typed += static_cast<char>(std::tolower(c));
    EXPECT_EQ(peercert({"verify", typed}).exit, 0);
}

TEST_F(Verify, TermIsInclusiveAtBothEnds) {
    EXPECT_EQ(on("2025-01-09").exit, 16);
    EXPECT_EQ(outcome("2025-01-09"), "not_yet_effective");
    EXPECT_EQ(on("2025-01-10").exit, 0);
    EXPECT_EQ(on("2026-01-09").exit, 0);
    EXPECT_EQ(on("2026-01-10").exit, 10);
    EXPECT_EQ(outcome("2026-01-10"), "expired");
}

TEST_F(Verify, EveryStandingHasItsOwnExitCode) {
    using Kind = domain::CredentialEventKind;
    happens(Kind::suspend, 2025y / 3 / 1);
    EXPECT_EQ(on("2025-02-28").exit, 0);
    EXPECT_EQ(on("2025-03-01").exit, 11);
    happens(Kind::reinstate, 2025y / 4 / 1);
    EXPECT_EQ(on("2025-03-31").exit, 11);
    EXPECT_EQ(on("2025-04-01").exit, 0);
    happens(Kind::surrender, 2025y / 5 / 1);
    EXPECT_EQ(on("2025-05-01").exit, 13);
    happens(Kind::reinstate, 2025y / 5 / 2);
    happens(Kind::replace, 2025y / 6 / 1);
    EXPECT_EQ(on("2025-06-01").exit, 14);
    happens(Kind::reinstate, 2025y / 6 / 2);
    happens(Kind::end, 2025y / 7 / 1);
    EXPECT_EQ(on("2025-07-01").exit, 15);
    happens(Kind::reinstate, 2025y / 7 / 2);
    happens(Kind::revoke, 2025y / 8 / 1);
    EXPECT_EQ(on("2025-07-31").exit, 0) << "the day before a revocation";
    EXPECT_EQ(on("2025-08-01").exit, 12);
    const CliResult past = peercert({"verify", number, "--on", "2025-07-31"});
    EXPECT_EQ(past.exit, 0) << "that day's answer stays what it was";
    EXPECT_THAT(past.out, AllOf(HasSubstr("Was certified on "), HasSubstr("Today's answer is another one: revoked"),
                                Not(HasSubstr("last valid day"))));
    EXPECT_EQ(json::parse(on("2025-07-31").out)["outcome_today"], "revoked");
    EXPECT_TRUE(json::parse(on("2025-10-20").out)["outcome_today"].is_null()) << "it is today";
    const CliResult said = peercert({"verify", number});
    EXPECT_EQ(said.exit, 12);
    EXPECT_THAT(said.out, Not(HasSubstr("Certified on")));
}

TEST_F(Verify, UnknownMistypedAndHiddenAreOneAnswer) {
    storage::Store store({.url = file});
    store.write({"host:test", now}, [&](storage::UnitOfWork& work) {
        work.people.set_hidden(holder, true);
        work.audit.append({.action = "test.hidden", .object = "person"});
    });
    const json hidden = json::parse(peercert({"verify", number, "--json"}).out);
    for (const char* typed : {"0000-0000-000", "not a number"}) {
        const CliResult result = peercert({"verify", typed, "--json"});
        EXPECT_EQ(result.exit, 17);
        json other = json::parse(result.out);
        EXPECT_EQ(other["asked"], typed) << "so that it can be matched with a list";
        for (const char* differs : {"asked", "number", "checked_at", "data_as_of"})
            other[differs] = hidden[differs];
        EXPECT_EQ(other, hidden);
    }
    EXPECT_EQ(peercert({"verify", number}).exit, 17);
}

TEST_F(Verify, ARecordThatCannotBeReadIsNeitherYesNorNo) {
    for (const std::string& where :
         {peercert.home().string() + "/nowhere.db", std::string("postgresql://127.0.0.1:1/none")}) {
        const CliResult result = peercert({"verify", number, "--db", where, "--json"});
        EXPECT_EQ(result.exit, 18);
        EXPECT_EQ(json::parse(result.out)["outcome"], "cannot_check");
        EXPECT_EQ(json::parse(result.out)["certified"], false);
        EXPECT_TRUE(json::parse(result.out)["data_as_of"].is_null()) << "nothing was read";
    }
}

TEST_F(Verify, ManyAtOnce) {
    const std::string list = peercert.file("list.txt", "# from the county\n" + number + "\r\n\n0000-0000-000\n");
    CliResult result = peercert({"verify", "--batch", list, "--json"});
    EXPECT_EQ(result.exit, 1);
    const json answers = json::parse(result.out)["answers"];
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0]["outcome"], "certified");
    EXPECT_EQ(answers[1]["outcome"], "no_match");
    result = peercert({"verify", "--batch", "-"}, number + "\n" + number + "\n");
    EXPECT_EQ(result.exit, 0);
    EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
    EXPECT_THAT(result.out, HasSubstr(number + "\tCertified\tZoë Brandt\t"));
    EXPECT_EQ(peercert({"verify", "--batch", list, "--db", "nowhere.db"}).exit, 18);
    EXPECT_EQ(peercert({"verify", "--batch", "missing.txt"}).exit, 4);
}

TEST_F(Verify, TheFirstColumnOfATableIsABatchAndRemarksAreNone) {
    for (const std::string& line : {number + ",Zoë Brandt", number + ";Zoë Brandt", number + "\tZoë Brandt",
                                    "\"" + number + "\",x", number + "  # asked by telephone"}) {
        const CliResult result = peercert({"verify", "--batch", "-", "--json"}, "#of,March\n" + line + "\n");
        EXPECT_EQ(result.exit, 0) << line;
        const json answers = json::parse(result.out)["answers"];
        ASSERT_EQ(answers.size(), 1u) << line;
        EXPECT_EQ(answers[0]["asked"], number);
    }
}

TEST_F(Verify, EveryAnswerOfABatchCanBeMatchedWithWhatWasAsked) {
    std::string small;
    for (const char c : number)
        small += c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const std::string longer = "<b>" + std::string(60, 'x') + "\u00e9"; // whose first byte is the 64th
    const std::string lines = small + "\nAna \"Ruiz\" \x1b[31m\n" + longer + std::string(100'000, 'y') + "\n\xff\xfe\n";
    for (const char* where : {"", "nowhere.db"}) {
        std::vector<std::string> words{"verify", "--batch", "-", "--json"};
        if (*where != '\0')
            words.insert(words.end(), {"--db", where});
        const CliResult result = peercert(words, lines);
        EXPECT_LT(result.out.size(), 5000U);
        EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
        const json answers = json::parse(result.out)["answers"];
        ASSERT_EQ(answers.size(), 4U);
        EXPECT_EQ(answers[0]["asked"], small);
        EXPECT_EQ(answers[0]["number"], *where == '\0' ? number : small);
        EXPECT_EQ(answers[1]["asked"], "Ana \"Ruiz\" \x1b[31m");
        EXPECT_EQ(answers[1]["number"], answers[1]["asked"]);
        EXPECT_EQ(answers[2]["asked"], longer.substr(0, 63)) << "cut between two letters";
        EXPECT_EQ(answers[3]["asked"], "\ufffd\ufffd");
    }
    EXPECT_EQ(peercert({"verify", "--batch", "-"}, lines).out.find('\x1b'), std::string::npos);
}

TEST_F(Verify, AFileWithoutNumbersIsNoYes) {
    for (const char* nothing : {"", "\n\n  \n", "# only a remark\n", "\xEF\xBB\xBF"}) {
        const CliResult result = peercert({"verify", "--batch", "-"}, nothing);
        EXPECT_EQ(result.exit, 3) << nothing;
        EXPECT_THAT(result.err, HasSubstr("the file holds no numbers"));
    }
    const CliResult folder = peercert({"verify", "--batch", peercert.home().string()});
    EXPECT_EQ(folder.exit, 3);
    EXPECT_THAT(folder.err, HasSubstr("is a folder; a file is needed"));
}

TEST_F(Verify, AFileOfAWordProcessorIsRead) {
    std::string dashed;
    for (const char letter : number)
        dashed += letter == '-' ? std::string("–") : std::string(1, letter);
    EXPECT_EQ(peercert({"verify", "--batch", "-"}, "\xEF\xBB\xBF" + number + "\r\n" + dashed + "\u00a0\r\n").exit, 0);
}

TEST_F(Verify, SenselessQuestionsAreUsage) {
    EXPECT_EQ(peercert({"verify"}).exit, 2);
    EXPECT_EQ(peercert({"verify", number, "--batch", "-"}).exit, 2);
    const CliResult day = peercert({"verify", number, "--on", "2025-02-29"});
    EXPECT_EQ(day.exit, 2);
    EXPECT_THAT(day.err, HasSubstr("a day that exists"));
}

TEST_F(Verify, LeavesNoTraceOfWhoAsked) {
    const json before = json::parse(peercert({"audit", "list", "--json"}).out);
    peercert({"verify", number});
    EXPECT_EQ(json::parse(peercert({"audit", "list", "--json"}).out), before);
}

} // namespace
