#pragma once

#include "house_fixture.hpp"

#include <map>
#include <set>

#include "domain/sha256.hpp"
#include "exchange/finding_json.hpp"
#include "services/assessment.hpp"
#include "services/packets.hpp"

/// A trainee with a history, and another installation to take it to.
namespace peercert::services {

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
inline std::string with_lines_counted(std::string finding) {
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
} // namespace peercert::services
