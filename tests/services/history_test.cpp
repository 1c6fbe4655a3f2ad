#include "house_fixture.hpp"

#include <rapidcheck.h>

#include <set>
#include <sstream>

#include "history_oracle.hpp"
#include "services/merging.hpp"
#include "services/signatures.hpp"

/// Random histories of a centre, played on the program and on an oracle. After each step both say the same of
/// everybody, nothing that was recorded before has changed, and whatever was refused has left nothing behind.
namespace peercert::services {
namespace {

using namespace history;

End end_of(const Error& error) {
    switch (error.code()) {
    case ErrorCode::not_found: return End::not_found;
    case ErrorCode::conflict: return End::conflict;
    case ErrorCode::invalid_input: return End::invalid;
    case ErrorCode::forbidden: return End::forbidden;
    case ErrorCode::plugin_failure:
    case ErrorCode::unavailable:
    case ErrorCode::internal: break;
    }
    throw Error(error);
}

/// A centre of its own, as long as one history lasts.
class Centre final : public AHouse {
public:
    Centre() {
        SetUp();
        merging.emplace(house());
        for (const char* name : {"Odessa Whitfield", "Bernard Kowalczyk"})
            codes.push_back(a_facilitator(name, "2024-06-01"));
        for (const char* name : {"Ana Ruiz", "Bo Lind", "Cy Young", "Dee Park"})
            codes.push_back(somebody(name));
        for (int one = 0; one < facilitators; ++one)
            numbers.push_back(certification->of_person(host, code(one)).at(0).record.credential.number.str());
        RC_ASSERT(a_wrap_cohort({code(0), code(1)}).conformity.sessions.at(0).session.length ==
                  Minutes{session_minutes});
        std::map<std::int64_t, int> there;
        for (int one = 0; one < history::people; ++one)
            for (const LedgerLine& line : ledger->of(host, code(one)))
                there.emplace(line.entry.id.value(), one);
        for (const auto& [id, whose] : there) {
            oracle.there(whose);
            RC_ASSERT(id == static_cast<std::int64_t>(oracle.lines.size()));
        }
        seen_ = rows();
        audit_ = newest_audit();
    }
    void TestBody() override {}

    void play(Act act) {
        if (act.deed == Deed::correct || act.deed == Deed::withdraw)
            act.one = 1 + act.one % static_cast<int>(oracle.lines.size());
        else if (act.deed == Deed::revoke)
            act.one %= facilitators;
        RC_LOG() << word(act.deed) << ' ' << act.one << ' ' << act.other << ' ' << act.session << ' ' << act.minutes
                 << '\n';
        const End expected = oracle.act(act);
        const End told = done(act);
        if (told != expected)
            RC_FAIL(std::string("the program says ") + word(told) + ", the oracle " + word(expected));
        const std::int64_t audit = newest_audit();
        RC_ASSERT((audit > audit_) == (told == End::done)); // every change has its audit row, and nothing else has one
        audit_ = audit;
        compare();
        nothing_has_changed();
    }

    void end() {
        RC_ASSERT(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify().problem; }) == "");
    }

private:
    const std::string& code(int person) const { return codes.at(static_cast<std::size_t>(person)); }

    End done(const Act& act) {
        try {
            return run(act);
        } catch (const Error& error) {
            return end_of(error);
        }
    }

    End run(const Act& act) {
        switch (act.deed) {
        case Deed::enrol: cohorts->enrol(host, "wrap-1", code(act.one), day("2025-01-10")); return End::done;
        case Deed::leave:
            cohorts->change_place(host, "wrap-1", code(act.one), domain::EnrolmentState::moved_on, day("2025-03-01"));
            return End::done;
        case Deed::attend:
            return cohorts->attend(host, "wrap-1", act.session + 1, code(act.one), Minutes{act.minutes}).changed
                       ? End::done
                       : End::no_change;
        case Deed::sign: {
            NewSignOff request;
            request.person = code(act.one);
            request.curriculum = "wrap";
            request.competencies = {"samhsa-core/II.3"};
            request.cohort = "wrap-1";
            request.session = act.session + 1;
            request.assessors = {code(act.other)};
            request.late_reason = domain::LateReason::paper_form;
            return competencies->sign_off(host, request).accepted() ? End::done : End::no;
        }
        case Deed::practise: {
            NewRecord line;
            line.person = code(act.one);
            line.kind = EntryKind::practice;
            // a day of its own: the same line twice, or more hours than a day has, is another test's
            line.first_day = add_days(day("2024-06-01"), static_cast<int>(oracle.lines.size()));
            line.amount = act.minutes;
            line.vouched_by = code(act.other);
            ledger->add(host, line);
            return End::done;
        }
        case Deed::correct: {
            Correction better;
            better.amount = act.minutes;
            ledger->correct(host, EntryId(act.one), better);
            return End::done;
        }
        case Deed::withdraw:
            if (oracle.lines.at(static_cast<std::size_t>(act.one - 1)).kind == Line::Kind::sign_off)
                Signatures(house(), rulebook).take_back(host, EntryId(act.one), domain::LateReason::correction);
            else
                ledger->withdraw(host, EntryId(act.one));
            return End::done;
        case Deed::merge: merging->merge(host, code(act.one), code(act.other), true); return End::done;
        case Deed::unmerge: merging->unmerge(host, code(act.one)); return End::done;
        case Deed::revoke:
            certification->change_standing(host, numbers.at(static_cast<std::size_t>(act.one)),
                                           domain::CredentialEventKind::revoke, day("2025-01-01"));
            return End::done;
        }
        return End::no;
    }

    /// Everybody, the cohort, and what the public is told.
    void compare() {
        RC_ASSERT(static_cast<int>(people->find(host, "", 100).size()) == oracle.humans());
        for (int one = 0; one < history::people; ++one) {
            const PersonView view = people->show(host, code(one));
            RC_ASSERT(view.person.code.str() == code(oracle.root(one)));
            std::map<int, bool> lines;
            for (const LedgerLine& line : ledger->of(host, code(one)))
                lines.emplace(static_cast<int>(line.entry.id.value()), line.entry.counts());
            RC_ASSERT(lines == oracle.ledger(one));
            RC_ASSERT(record_counts(one) == counting(lines));
        }
        const CohortView cohort = cohorts->show(host, "wrap-1");
        RC_ASSERT(cohort.people.size() == oracle.places().size());
        for (std::size_t i = 0; i < cohort.people.size(); ++i) {
            const Oracle::Place& place = oracle.places().at(i);
            const Progress& told = cohort.people.at(i);
            RC_ASSERT(told.person.code.str() == code(oracle.root(place.whose)));
            RC_ASSERT((told.state == domain::EnrolmentState::moved_on) == place.left);
            RC_ASSERT(told.present.count() == oracle.minutes_present(place.whose));
        }
        for (int one = 0; one < facilitators; ++one) {
            const VerificationAnswer said = verify(numbers.at(static_cast<std::size_t>(one)));
            RC_ASSERT(said.outcome ==
                      (oracle.revoked(one) ? VerificationOutcome::revoked : VerificationOutcome::certified));
            RC_ASSERT(said.holder == people->show(host, code(oracle.root(one))).names.back().full_name);
        }
    }

    /// The record as rules see it has the lines that count, and no other.
    std::set<int> record_counts(int person) {
        return house().store.read([&](storage::UnitOfWork& work) {
            std::set<int> ids;
            const auto found = work.people.find(*domain::PersonCode::parse(code(person)));
            for (const Entry& entry : work.entries.record(found->id, rulebook.words()).entries)
                ids.insert(static_cast<int>(entry.id.value()));
            return ids;
        });
    }
    static std::set<int> counting(const std::map<int, bool>& lines) {
        std::set<int> ids;
        for (const auto& [id, counts] : lines)
            if (counts)
                ids.insert(id);
        return ids;
    }

    /// Every row of the tables that are only ever added to, as text.
    std::multiset<std::string> rows() {
        std::multiset<std::string> all;
        const std::vector<std::pair<std::string, std::string>> tables{
            {"entry", "id || ' ' || person || ' ' || kind || ' ' || amount || ' ' || last_day || ' ' || code || ' ' || "
                      "recorded_at"},
            {"enrolment_event", "enrolment || ' ' || n || ' ' || state || ' ' || day"},
            {"person_merge", "person || ' ' || n || ' ' || coalesce(kept, 0)"},
            {"credential_event", "credential || ' ' || n || ' ' || kind || ' ' || effective_day"},
            {"audit", "seq || ' ' || action || ' ' || hash"}};
        for (const auto& [table, columns] : tables) {
            const std::string joined = GetParam() == storage::Backend::sqlite
                                           ? "select coalesce(group_concat(" + columns + ", '|'), '') from " + table
                                           : "select coalesce(string_agg(" + columns + ", '|'), '') from " + table;
            std::istringstream text(database().place().ask(joined));
            for (std::string row; std::getline(text, row, '|');)
                all.insert(table + " " + row);
        }
        return all;
    }
    void nothing_has_changed() {
        std::multiset<std::string> now = rows();
        RC_ASSERT(std::includes(now.begin(), now.end(), seen_.begin(), seen_.end()));
        seen_ = std::move(now);
    }
    std::int64_t newest_audit() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.newest()->seq; });
    }

    Oracle oracle;
    std::optional<Merging> merging;
    std::vector<std::string> codes;
    std::vector<std::string> numbers;
    std::multiset<std::string> seen_;
    std::int64_t audit_{0};
};

rc::Gen<std::vector<Act>> some_history() {
    const auto act = rc::gen::build<Act>(
        rc::gen::set(&Act::deed,
                     rc::gen::map(rc::gen::inRange(0, deeds), [](int at) { return static_cast<Deed>(at); })),
        rc::gen::set(&Act::one, rc::gen::inRange(0, people)), rc::gen::set(&Act::other, rc::gen::inRange(0, people)),
        rc::gen::set(&Act::session, rc::gen::inRange(0, sessions)),
        rc::gen::set(&Act::minutes, rc::gen::element(0, 30, 60, session_minutes, session_minutes + 1)));
    return rc::gen::container<std::vector<Act>>(act);
}

class AnyHistory : public ::testing::TestWithParam<storage::Backend> {
protected:
    /// So many histories of up to so many steps; prints the shortest that goes wrong.
    static void check(int histories, int steps) {
        rc::detail::TestParams params;
        params.seed = 20'251'125; // the same histories in every run, on every machine
        params.maxSuccess = histories;
        params.maxSize = steps;
        const auto result = rc::detail::checkTestable(
            [] {
                const std::vector<Act> acts = *some_history();
                Centre centre;
                for (const Act& act : acts)
                    centre.play(act);
                centre.end();
            },
            rc::detail::TestMetadata{}, params);
        std::ostringstream told;
        rc::detail::printResultMessage(result, told);
        EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << told.str();
    }
};
PEERCERT_IN_BOTH(AnyHistory);

TEST_P(AnyHistory, IsToldAsItWasAndLosesNothing) {
    if (GetParam() == storage::Backend::postgresql && !testing::postgresql_at_hand())
        GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
    const bool sqlite = GetParam() == storage::Backend::sqlite;
    check(sqlite ? 15 : 4, 40);
}

} // namespace
} // namespace peercert::services
