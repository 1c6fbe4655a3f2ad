#include "house_fixture.hpp"

#include <map>
#include <set>

#include "domain/sha256.hpp"
#include "exchange/finding_json.hpp"
#include "services/assessment.hpp"
#include "services/merging.hpp"
#include "services/packets.hpp"
#include "services/replay.hpp"

/// What a person takes along, and what it is worth elsewhere (practice.md M2, M3, N15).
namespace peercert::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Another installation, with a key and salt of its own.
class Elsewhere {
public:
    explicit Elsewhere(storage::Backend backend, const Clock& clock,
                       domain::InstallationKind kind = domain::InstallationKind::live)
        : place_(backend) {
        storage::Setup setup{.kind = kind};
        if (kind == domain::InstallationKind::demo)
            setup.demo_clock = noon("2025-04-02");
        storage::create_database(place_.settings(), setup, {"test", noon("2025-01-01")});
        store_ = std::make_unique<storage::Store>(place_.settings());
        house_ = std::make_unique<House>(House{*store_, clock, "America/Chicago"});
    }
    House& house() { return *house_; }
    std::string ask(const std::string& query) { return place_.ask(query); }

private:
    testing::TempPlace place_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<House> house_;
};

/// Which ledger lines an answer names depends on who else is in the record; which of the person's own does not.
std::string with_lines_counted(std::string finding) {
    std::set<int> lines;
    const std::string member = "\"entry\":";
    for (auto at = finding.find(member); at != std::string::npos; at = finding.find(member, at + 1))
        lines.insert(std::stoi(finding.substr(at + member.size())));
    std::map<int, int> rank;
    for (const int line : lines)
        rank.emplace(line, static_cast<int>(rank.size()) + 1);
    std::string out;
    std::size_t from = 0;
    for (auto at = finding.find(member); at != std::string::npos; at = finding.find(member, from)) {
        const std::size_t digits = at + member.size();
        const std::size_t end = finding.find_first_not_of("0123456789", digits);
        out += finding.substr(from, digits - from) + std::to_string(rank.at(std::stoi(finding.substr(digits))));
        from = end;
    }
    return out + finding.substr(from);
}

class Packet : public AHouse {
protected:
    /// A trainee's way: a cohort led by two, a paused place, sign-offs, hours, a corrected exam, a credential that was
    /// suspended and reinstated, and another trainee beside them all the while.
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        leader = a_facilitator("Odessa Whitfield", "2024-06-01");
        const std::string second = a_facilitator("Milo Varga", "2024-06-01");
        ana = ready_for_wisconsin("Ana Ruiz");
        other = somebody("Tobias Renner", "1971-07-07");
        people->change_contact(host, ana, domain::ContactKind::email, "ana@example.org");
        people->change_contact(host, ana, domain::ContactKind::phone, "414 555 0100");
        people->set_born(host, ana, day("1980-03-16"));
        people->change_name(host, ana, domain::NameKind::certificate, "Ana María Ruiz", {});
        a_wrap_cohort({leader, second});
        for (const std::string& who : {ana, other}) {
            cohorts->enrol(host, "wrap-1", who, day("2025-01-10"));
            for (int session = 1; session <= 8; ++session)
                cohorts->attend(host, "wrap-1", session, who, Minutes{session == 3 ? 100 : 150});
        }
        cohorts->attend(host, "wrap-1", 3, ana, Minutes{140});
        competencies->sign_off(host, {.person = ana,
                                      .curriculum = "wrap",
                                      .competencies = {"samhsa-core/II.3"},
                                      .rating = "",
                                      .method = "",
                                      .observed_on = {},
                                      .cohort = "wrap-1",
                                      .session = 7,
                                      .assessors = {leader},
                                      .late_reason = domain::LateReason::paper_form});
        (void)cohorts->complete(host, "wrap-1");
        number = certified();
        certification->change_standing(host, number, domain::CredentialEventKind::suspend, {});
        certification->change_standing(host, number, domain::CredentialEventKind::reinstate, {});
        organizations->grant(host, "centre", ana, "administrator", day("2025-01-01"), {});
        organizations->grant(host, "centre", ana, "coordinator", day("2024-01-01"), day("2024-12-31"));
        NewRecord hours;
        hours.person = ana;
        hours.kind = EntryKind::practice;
        hours.first_day = day("2025-03-05");
        hours.amount = 90;
        hours.vouched_by = leader;
        ledger->add(host, hours);
        there.emplace(GetParam(), clock);
    }
    std::string certified() {
        const auto asked = certification->apply(host, {ana, "wi-cps", Step::Verb::become, "", {}});
        const auto decided =
            certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
        return decided.credential->record.credential.number.str();
    }
    std::string packet_of(const std::string& person) { return PersonPackets(house()).make(host, person).bytes; }
    PersonPackets::Taken take(const std::string& bytes, Mode mode = Mode::commit,
                              const PersonPackets::Taking& how = {}) {
        return PersonPackets(there->house()).take(host, bytes, how, mode);
    }
    Error refused(const std::string& bytes, const PersonPackets::Taking& how = {}) {
        const std::string before = there->ask("select count(*) from audit");
        Error error = refusal([&] { (void)take(bytes, Mode::commit, how); });
        EXPECT_EQ(there->ask("select count(*) from audit"), before) << "a refusal changes nothing";
        return error;
    }
    /// A packet that says something else, sealed as if it had been made so.
    static std::string sealed_again(std::string bytes, const std::string& what, const std::string& by) {
        const auto at = bytes.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        bytes.replace(at, what.size(), by);
        const auto seal = bytes.rfind(",\n  \"sha256\"");
        const std::string body = bytes.substr(0, seal);
        return body + ",\n  \"sha256\": \"" + domain::sha256_hex(body) + "\"\n}\n";
    }
    /// What every track and curriculum on file answers, finding by finding; or why it cannot.
    std::map<std::string, std::string> verdicts(House& where, const std::string& person) {
        std::map<std::string, std::string> answers;
        std::set<std::string> codes;
        for (const auto& edition : rulebook.catalogue().all())
            if (!edition->steps.empty())
                codes.insert(edition->code);
        for (const std::string& code : codes)
            for (const Step::Verb verb : {Step::Verb::become, Step::Verb::renew})
                for (const char* on : {"2025-04-02", "2026-11-01"}) {
                    AssessRequest request{.person = person, .track = code, .as_of = day(on)};
                    request.verb = verb;
                    const std::string key = code + (verb == Step::Verb::renew ? " renew " : " ") + on;
                    try {
                        answers[key] = with_lines_counted(
                            exchange::finding_json(Assessments(where, rulebook).assess(host, request).finding).text());
                    } catch (const Error& error) {
                        answers[key] = error.what();
                    }
                }
        return answers;
    }
    static int decisions_of(Elsewhere& where) { return std::stoi(where.ask("select count(*) from decision")); }

    std::string leader, ana, other, number;
    std::optional<Elsewhere> there;
};
PEERCERT_IN_BOTH(Packet);

TEST_P(Packet, GivesTheSameAnswersInAnotherInstallation) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    const auto here = verdicts(house(), ana), elsewhere = verdicts(there->house(), taken.person);
    EXPECT_GT(here.size(), 100U);
    std::size_t judged = 0;
    for (const auto& [what, answer] : here) {
        EXPECT_EQ(elsewhere.at(what), answer) << what;
        judged += answer.starts_with("{") ? 1 : 0;
    }
    EXPECT_GT(judged, 50U) << "most are judged, not refused";
}

TEST_P(Packet, LetsPastDecisionsBeJudgedAgain) {
    take(packet_of(ana));
    const int decisions = decisions_of(*there);
    EXPECT_EQ(decisions, 3); // issued, suspended, reinstated
    int same = 0;
    for (int id = 1; id <= decisions; ++id) {
        const Replayed replayed = Replays(there->house(), rulebook).replay(host, domain::DecisionId{id});
        if (replayed.differs == std::vector{Differs::not_kept})
            continue;
        EXPECT_TRUE(replayed.same) << replayed.finding_now << "\n" << replayed.decision.finding;
        same += replayed.same ? 1 : 0;
    }
    EXPECT_EQ(same, 1);
}

TEST_P(Packet, GoesOnFromThereToAThirdWithNothingLost) {
    const PersonPackets::Taken second = take(packet_of(ana));
    Elsewhere third(GetParam(), clock);
    const std::string again = PersonPackets(there->house()).make(host, second.person).bytes;
    const PersonPackets::Taken third_time = PersonPackets(third.house()).take(host, again, {});
    EXPECT_EQ(verdicts(third.house(), third_time.person), verdicts(house(), ana));
    EXPECT_EQ(third.ask("select count(*) from packet"), "2") << "both ways are visible";
    EXPECT_EQ(third.ask("select number from packet_number where n = 1"), number);
    EXPECT_THAT(again, HasSubstr("\"signed_by_name\": \"Odessa Whitfield\"")) << "who signed is known there too";
    EXPECT_THAT(again, Not(HasSubstr("elsewhere: elsewhere: ")));
}

TEST_P(Packet, IsWholeAndLeavesNothingOfOthers) {
    const std::string bytes = packet_of(ana);
    for (const char* own : {"Ana Ruiz", "Ana María Ruiz", "ana@example.org", "414 555 0100", "1980-03-15", "1980-03-16",
                            "own lived experience", "administrator", "coordinator", "\"suspend\""})
        EXPECT_THAT(bytes, HasSubstr(own));
    EXPECT_THAT(bytes, HasSubstr(number));
    EXPECT_THAT(bytes, HasSubstr("\"signed_by\": \"" + leader + "\", \"signed_by_name\": \"Odessa Whitfield\""));
    for (const std::string& not_theirs :
         {std::string("Tobias Renner"), other, std::string("1971-07-07"), std::string("Milo Varga")})
        EXPECT_THAT(bytes, Not(HasSubstr(not_theirs)));
    const domain::Packet packet = packet_in(bytes);
    const std::string key = house().store.read([&](storage::UnitOfWork& work) {
        return std::to_string(work.people.find(domain::PersonCode::parse(ana).value())->id.value());
    });
    for (const char* table : {"person_name", "person_contact", "former_birthday", "membership", "enrolment", "entry",
                              "application", "credential"})
        EXPECT_EQ(database().place().ask("select count(*) from " + std::string(table) + " where person = " + key),
                  std::to_string(packet.rows(table).size()))
            << table;
    EXPECT_EQ(packet.rows("term").size(), 1U);
    EXPECT_EQ(packet.rows("credential_event").size(), 2U);
    EXPECT_EQ(packet.rows("session").size(), 8U);
    std::set<std::string> editions;
    for (const domain::PacketRow& row : packet.rows("edition"))
        editions.insert(row.get("code"));
    EXPECT_TRUE(editions.contains("wrap") && editions.contains("wi-cps")) << "as they were relied on";
}

TEST_P(Packet, OfOneHumanUnderTwoRecordsIsOne) {
    const std::string twice =
        people->add(host, {.name_used = "Anita Ruiz", .born = day("1980-03-16")}, true).code.str();
    record(twice, EntryKind::document, "GED", "2025-02-01");
    people->change_contact(host, twice, domain::ContactKind::phone, "414 555 0199");
    Merging(house()).merge(host, ana, twice, true);
    const std::string bytes = packet_of(twice);
    EXPECT_EQ(bytes, packet_of(ana)) << "whichever code they give";
    for (const char* both : {"Anita Ruiz", "414 555 0199", "2025-02-01", "2025-03-01"})
        EXPECT_THAT(bytes, HasSubstr(both));
    EXPECT_EQ(packet_in(bytes).rows("person").size(), 1U);
    const PersonPackets::Taken taken = take(bytes);
    EXPECT_EQ(verdicts(there->house(), taken.person), verdicts(house(), ana));
    EXPECT_THAT(there->house().store.problems(true), ::testing::IsEmpty());
}

TEST_P(Packet, OfTheSameRecordIsTheSameBytes) {
    const std::string first = packet_of(ana);
    today_is("2026-01-01");
    somebody("Somebody Else");
    EXPECT_EQ(packet_of(ana), first) << "making one changes nothing in it";
}

TEST_P(Packet, BroughtInTwiceChangesNothing) {
    const std::string bytes = packet_of(ana);
    const PersonPackets::Taken first = take(bytes);
    const std::string audit = there->ask("select count(*) from audit");
    const PersonPackets::Taken second = take(bytes);
    EXPECT_TRUE(second.already_here);
    EXPECT_EQ(second.person, first.person);
    EXPECT_EQ(there->ask("select count(*) from audit"), audit);
    EXPECT_EQ(there->ask("select count(*) from person"), "1");
}

TEST_P(Packet, RehearsedTellsAllAndStoresNothing) {
    const PersonPackets::Taken taken = take(packet_of(ana), Mode::rehearse);
    EXPECT_EQ(taken.lines, packet_in(packet_of(ana)).rows("entry").size());
    EXPECT_GT(taken.lines, 14U);
    EXPECT_EQ(taken.numbers.size(), 1U);
    EXPECT_EQ(there->ask("select count(*) from person"), "0");
    EXPECT_EQ(there->ask("select count(*) from audit"), "1");
}

TEST_P(Packet, LeavesTheOtherInstallationSound) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    EXPECT_THAT(there->house().store.problems(true), ::testing::IsEmpty());
    const auto verdict = there->house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); });
    EXPECT_TRUE(verdict.intact()) << verdict.problem;
    // the number handed out here verifies, by the name used now; the one from there is nobody's
    Verification verification(there->house(), [this]() -> const Rulebook& { return rulebook; });
    EXPECT_EQ(taken.numbers.at(0).there, number);
    EXPECT_EQ(verification.verify(taken.numbers.at(0).here, {}).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verification.verify(number, {}).outcome, VerificationOutcome::no_match);
    EXPECT_EQ(there->ask("select typed_by from entry where kind = 'practice'"), "elsewhere: host:test");
}

TEST_P(Packet, GivesNobodyARight) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    EXPECT_EQ(taken.roles_ended, 1);
    EXPECT_EQ(there->ask("select last_day from membership where role = 'administrator'"), "2025-04-01");
    EXPECT_EQ(there->ask("select last_day from membership where role = 'coordinator'"), "2024-12-31");
    there->house().store.read([&](storage::UnitOfWork& work) {
        EXPECT_FALSE(has_administrator(work, clock.now() == noon("2025-04-02") ? day("2025-04-02") : Date{}));
    });
}

TEST_P(Packet, FindsTheCohortThatACompanionBroughtAndRenamesAStrangers) {
    take(packet_of(ana));
    const PersonPackets::Taken companion = take(packet_of(other));
    EXPECT_TRUE(companion.cohorts.empty());
    EXPECT_EQ(there->ask("select count(*) from cohort"), "1");
    EXPECT_EQ(there->ask("select count(*) from session"), "8");
    EXPECT_EQ(there->ask("select count(*) from enrolment"), "2");

    there.emplace(GetParam(), clock);
    Organizations(there->house())
        .add(host, {{}, "strangers", "Strangers", domain::OrganizationKind::training_centre, ""});
    Cohorts(there->house(), rulebook)
        .open(host, {"wrap-1", "wrap", "weekly group", "strangers", "", "", {day("2025-02-02")}, {}});
    const PersonPackets::Taken taken = take(packet_of(ana));
    ASSERT_EQ(taken.cohorts.size(), 1U);
    EXPECT_EQ(taken.cohorts[0].here, "wrap-1-2");
}

TEST_P(Packet, OfSomebodyWhoIsHereIsRefusedWithTheWayOn) {
    const std::string bytes = packet_of(ana);
    Error error = refusal([&] { (void)PersonPackets(house()).take(host, bytes, {}); });
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_THAT(error.what(), HasSubstr("made by this very installation, where the person is " + ana));

    const std::string same =
        People(there->house()).add(host, {.name_used = "ANA RUIZ", .born = day("1980-03-16")}, false).code.str();
    error = refused(bytes);
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_THAT(error.what(), HasSubstr("somebody who may be the same person is here already: " + same));
    PersonPackets::Taking how;
    how.not_duplicate = true;
    const PersonPackets::Taken taken = take(bytes, Mode::commit, how);
    EXPECT_NE(taken.person, same);

    record(ana, EntryKind::document, "GED", "2025-03-02");
    error = refused(packet_of(ana));
    EXPECT_THAT(error.what(), HasSubstr("came with an earlier packet and is here as " + taken.person));
}

TEST_P(Packet, OfADemoStaysInADemo) {
    Elsewhere demo(GetParam(), clock, domain::InstallationKind::demo);
    const std::string code = People(demo.house()).add(host, {.name_used = "Ivy Invented"}, false).code.str();
    const std::string bytes = PersonPackets(demo.house()).make(host, code).bytes;
    EXPECT_THAT(refused(bytes).what(), HasSubstr("comes from a demo"));
    EXPECT_THAT(refusal([&] { (void)PersonPackets(demo.house()).take(host, packet_of(ana), {}); }).what(),
                HasSubstr("this is a demo"));
}

TEST_P(Packet, ThatWasChangedDamagedOrIsNoneIsRefused) {
    const std::string bytes = packet_of(ana);
    std::string changed = bytes;
    changed.replace(changed.find("\"amount\": 90"), 12, "\"amount\": 91");
    EXPECT_THAT(refused(changed).what(), HasSubstr("was changed or damaged since it was made"));
    EXPECT_THAT(refused(bytes + "\n").what(), HasSubstr("was changed or damaged"));
    EXPECT_THAT(refused(bytes.substr(0, bytes.size() / 2)).what(), HasSubstr("no packet, or one that was damaged"));
    EXPECT_THAT(refused("{}").what(), HasSubstr("this is no packet of peercert"));
    EXPECT_THAT(refused("").what(), HasSubstr("this is no packet, or one that was damaged"));
    EXPECT_THAT(refused(sealed_again(bytes, "\"version\": 1", "\"version\": 2")).what(),
                HasSubstr("made by a newer peercert"));
    EXPECT_THAT(refused(sealed_again(bytes, "\"schema\": ", "\"schema\": 9")).what(),
                HasSubstr("made by a newer peercert than this one"));
}

TEST_P(Packet, ThatSaysWhatCannotBeIsRefusedWithThePlace) {
    const std::string bytes = packet_of(ana);
    const auto says = [&](const std::string& what, const std::string& by) {
        const Error error = refused(sealed_again(bytes, what, by));
        EXPECT_EQ(error.code(), ErrorCode::invalid_input) << by;
        return std::string(error.what());
    };
    EXPECT_THAT(says("\"first_day\": \"2025-03-05\"", "\"first_day\": \"2025-02-30\""),
                HasSubstr("first_day is no day"));
    EXPECT_THAT(says("\"amount\": 90", "\"amount\": -90"), HasSubstr("amount is less than nothing"));
    EXPECT_THAT(says("\"amount\": 90", "\"amount\": \"90\""), HasSubstr("amount is no whole number"));
    EXPECT_THAT(says("\"kind\": \"practice\"", "\"kind\": \"diagnosis\""), HasSubstr("kind is no word that there is"));
    EXPECT_THAT(says("\"entry\": [", "\"diagnosis\": ["), HasSubstr("nothing that a packet holds"));
    EXPECT_THAT(says("\"born\": ", "\"story\": \"x\", \"born\": "), HasSubstr("story is nothing that a packet holds"));
    EXPECT_THAT(says("\"name\": \"Ana Ruiz\"", "\"name\": \"Ana\\u202eRuiz\""), HasSubstr("signs that are not stored"));
    EXPECT_THAT(says("\"session\": 1,", "\"session\": 99,"), HasSubstr("names session 99"));
    EXPECT_THAT(says("\"recorded_at\": \"2025", "\"recorded_at\": \"2925"), HasSubstr("later than now"));
    EXPECT_THAT(says("\"body\": \"", "\"body\": \"#"), HasSubstr("is not the one that was relied on"));
}

TEST_P(Packet, OrganizationOfAnotherNameIsAskedAbout) {
    Organizations(there->house())
        .add(host, {{}, "centre", "Quite Another Centre", domain::OrganizationKind::training_centre, ""});
    const std::string bytes = packet_of(ana);
    EXPECT_THAT(refused(bytes).what(), HasSubstr("--organization centre=centre-2"));
    PersonPackets::Taking how;
    how.organizations["centre"] = "centre-2";
    EXPECT_THAT(take(bytes, Mode::commit, how).organizations, ::testing::Contains("centre-2"));
}

TEST_P(Packet, IsMadeOnlyForWhoMaySeeThePerson) {
    const auto actor = [&](House& where, const std::string& code) {
        return Actor{"person:" + code, where.store.read([&](storage::UnitOfWork& work) {
                         return work.people.find(domain::PersonCode::parse(code).value())->id;
                     })};
    };
    EXPECT_EQ(PersonPackets(house()).make(actor(house(), ana), ana).bytes, packet_of(ana)) << "first of all, they";
    EXPECT_EQ(refusal([&] { (void)PersonPackets(house()).make(actor(house(), other), ana); }).code(),
              ErrorCode::not_found);
    const std::string bytes = packet_of(ana);
    const std::string nobody = People(there->house()).add(host, {.name_used = "Nobody Inparticular"}, false).code.str();
    EXPECT_EQ(
        refusal([&] { (void)PersonPackets(there->house()).take(actor(there->house(), nobody), bytes, {}); }).code(),
        ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
