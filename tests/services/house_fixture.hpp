#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include <peercert/error.hpp>

#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/certification.hpp"
#include "services/cohorts.hpp"
#include "services/competencies.hpp"
#include "services/imports.hpp"
#include "services/ledger.hpp"
#include "services/people.hpp"
#include "services/reports/coverage.hpp"
#include "services/verification.hpp"
#include "support/temp_database.hpp"

namespace peercert::services {

/// The real plugins and the real files, read once for the whole program.
struct RuleFiles {
    RuleFiles() : host({.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}}) {
        std::vector<curricula::Folder> folders;
        for (const auto& folder : std::filesystem::directory_iterator(PEERCERT_SOURCE_DIR "/curricula"))
            if (folder.is_directory())
                folders.push_back({folder.path(), "files"});
        catalogue = curricula::Catalogue::load(folders, &host.kinds());
        catalogue.require_clean();
    }
    static RuleFiles& all() {
        static RuleFiles files;
        return files;
    }
    plugin_host::Host host;
    curricula::Catalogue catalogue;
    Vocabulary words;
};

inline Date day(const char* text) { return parse_date(text).value(); }
inline domain::Instant noon(const char* text) {
    return std::chrono::sys_days{day(text)} + std::chrono::hours{18}; // noon in Chicago
}

/// A house on either database, its clock in the test's hand, with a centre and a certifying body. People are invented.
class AHouse : public ::testing::TestWithParam<storage::Backend> {
protected:
    void SetUp() override {
        if (GetParam() == storage::Backend::postgresql && !testing::postgresql_at_hand())
            GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
        database_ = std::make_unique<testing::TempDatabase>(GetParam());
        house_ = std::make_unique<House>(House{database_->store(), clock, "America/Chicago"});
        organizations.emplace(*house_);
        people.emplace(*house_);
        ledger.emplace(*house_, rulebook);
        cohorts.emplace(*house_, rulebook);
        competencies.emplace(*house_, rulebook);
        certification.emplace(*house_, rulebook);
        organizations->add(host,
                           {{}, "centre", "Invented Centre", domain::OrganizationKind::training_centre, "Milwaukee"});
        organizations->add(host, {{}, "office", "Invented Office", domain::OrganizationKind::certifying_body, ""});
    }

    House& house() { return *house_; }
    testing::TempDatabase& database() { return *database_; }
    void today_is(const char* text) { clock.set(noon(text)); }

    std::string somebody(const std::string& name, const char* born = "1980-03-15") {
        return people->add(host, {.name_used = name, .born = day(born)}, true).code.str(); // alike or not: another
    }
    EntryId record(const std::string& person, EntryKind kind, const std::string& code, const char* on,
                   EntryResult result = EntryResult::none, std::int64_t amount = 0) {
        NewRecord line;
        line.person = person;
        line.kind = kind;
        line.code = code;
        line.first_day = day(on);
        line.result = result;
        line.amount = amount;
        return ledger->add(host, line);
    }
    /// A WRAP co-facilitator since 2019 whose newest refresher was on that day.
    std::string a_facilitator(const std::string& name, const char* refresher) {
        const std::string code = somebody(name);
        certification->take_over(host, {code, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
        organizations->grant(host, "centre", code, "facilitator", day("2019-05-01"), {});
        record(code, EntryKind::training, "wrap-refresher", refresher);
        return code;
    }
    /// Everything Wisconsin asks, passed on 2025-03-28.
    std::string ready_for_wisconsin(const std::string& name) {
        const std::string code = somebody(name);
        record(code, EntryKind::document, "GED", "2025-03-01");
        record(code, EntryKind::attestation, "own lived experience", "2025-03-01");
        record(code, EntryKind::training, "wi-approved-curriculum", "2025-03-20");
        record(code, EntryKind::exam, "competency", "2025-03-28", EntryResult::passed, 8800);
        record(code, EntryKind::decision, "tries", "2025-04-01", EntryResult::approved);
        return code;
    }
    std::string certified_in_wisconsin(const std::string& name) {
        const std::string code = ready_for_wisconsin(name);
        const auto asked = certification->apply(host, {code, "wi-cps", Step::Verb::become, "", {}});
        const auto decided =
            certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
        return decided.credential->record.credential.number.str();
    }
    std::vector<Date> eight_fridays() {
        std::vector<Date> days;
        for (int week = 0; week < 8; ++week)
            days.push_back(add_days(day("2025-01-10"), 7 * week));
        return days;
    }
    CohortView a_wrap_cohort(const std::vector<std::string>& leaders) {
        NewCohort cohort{"wrap-1", "wrap", "weekly group", "centre", "", "", eight_fridays(), leaders};
        cohort.with_gaps = true;
        return cohorts->open(host, cohort);
    }
    VerificationAnswer verify(const std::string& number, std::optional<Date> on = {}) {
        return Verification(house(), [this]() -> const Rulebook& { return rulebook; }).verify(number, on);
    }

    const Actor host{Actor::host_operator("test")};
    FixedClock clock{noon("2025-04-02")};
    Rulebook rulebook{RuleFiles::all().catalogue, RuleFiles::all().host.kinds(), RuleFiles::all().words};
    std::optional<Organizations> organizations;
    std::optional<People> people;
    std::optional<Ledger> ledger;
    std::optional<Cohorts> cohorts;
    std::optional<Competencies> competencies;
    std::optional<Certification> certification;

private:
    std::unique_ptr<testing::TempDatabase> database_;
    std::unique_ptr<House> house_;
};

/// The sentence and kind of the Error that `act` throws; a failure of the test if it throws none.
template <class Fn>
Error refusal(Fn&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    ADD_FAILURE() << "it was not refused";
    return Error(ErrorCode::internal, "not refused");
}

#define PEERCERT_IN_BOTH(suite)                                                                                        \
    INSTANTIATE_TEST_SUITE_P(                                                                                          \
        OnBothDatabases, suite, ::testing::Values(storage::Backend::sqlite, storage::Backend::postgresql),             \
        [](const auto& which) { return which.param == storage::Backend::sqlite ? "sqlite" : "postgresql"; })

} // namespace peercert::services
