#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/fill_credentials.hpp"
#include "bench/measuring.hpp"
#include "curricula/catalogue.hpp"
#include "domain/codes.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/cohort_status.hpp"
#include "storage/admin.hpp"

/// How long a look at every open cohort takes: 10,000 WRAP groups of eight sessions and ten people, their leaders
/// judged for every session to come, against SQL that counts sessions and people of the same cohorts. Rounds of both
/// take turns; medians are compared.
namespace {

using namespace peercert;
using bench::median;
using bench::RawDatabase;
using bench::RawInsert;
using bench::seconds;

constexpr std::int64_t cohorts = 10'000;
constexpr std::int64_t leaders = 2'000; ///< each leads ten cohorts
constexpr int sessions_each = 8;
constexpr int people_each = 10;
constexpr int rounds = 5;
constexpr domain::CodeBook::Key key{'b', 'e', 'n', 'c', 'h', ' ', 'o', 'f', ' ', 'c', 'o', 'h', 'o', 'r', 't', 's'};

/// Half of the leaders had their refresher so long ago that it ends while their cohorts run.
void fill(const std::filesystem::path& file) {
    storage::create_database({.url = file.string()}, {.number_key = key}, {"bench", domain::Instant{}});
    const domain::CodeBook book(key);
    RawDatabase database(file);
    database.run("begin");
    database.run("insert into organization (id, code, name, kind, county) values (1, 'centre', 'Invented Centre', "
                 "'training_centre', '')");
    RawInsert person(database, "insert into person (id, code, created_at, name, from_day) values (?1, ?2, "
                               "'2024-01-02T03:04:05Z', 'Invented Person ' || ?1, '2024-01-02')");
    const std::int64_t people = leaders + cohorts * people_each;
    for (std::int64_t id = 1; id <= people; ++id)
        person.row(id, book.person(id).str());
    RawInsert credential(database, "insert into credential (id, number, person, track, issuer, created_at, audit) "
                                   "values (?1, ?2, ?1, 'wrap', 1, '2024-01-02T03:04:05Z', 1)");
    RawInsert term(database,
                   "insert into term (credential, n, first_day, level, title, public_title, name_as_issued, edition, "
                   "edition_digest, zone, timeline, recorded_at, audit) values (?1, 1, '2020-05-01', 'co-facilitator', "
                   "'WRAP', 'Wellness group', 'Invented', '2024', '', 'America/Chicago', '', '2020-05-01T15:00:00Z', "
                   "1)");
    RawInsert refresher(
        database, "insert into entry (person, last_day, id, kind, result, first_day, amount, code, tags, provider, "
                  "authority_role, authority_first, authority_last, authority_credential, withdrawn, recorded_at, "
                  "edition, typed_by, wording, document_digest, late_reason, audit) values (?1, ?2, ?1, 'training', "
                  "'none', ?2, 0, 'wrap-refresher', '', '', '', '', '', '', 0, '2025-01-01T00:00:00Z', '', 'bench', "
                  "'', '', '', 1)");
    for (std::int64_t id = 1; id <= leaders; ++id) {
        credential.row(id, book.credential(id).str());
        term.row(id);
        refresher.row(id, std::string(id % 2 == 0 ? "2025-06-01" : "2024-03-15"));
    }
    const std::string many = std::to_string(cohorts);
    database.run(
        "insert into cohort (id, code, curriculum, edition, course, format, organization, title, county) with "
        "recursive n (i) as (select 1 union all select i + 1 from n where i < " +
        many + ") select i, 'group-' || i, 'wrap', '2024', 'wrap-weekly-group', 'weekly group', 1, 'WRAP', '' from n");
    // Two or three sessions of each lie behind, the rest ahead of 2 March 2026.
    database.run("insert into session (id, cohort, number, held_on, minutes, unit) with recursive n (i) as (select 1 "
                 "union all select i + 1 from n where i < " +
                 std::to_string(sessions_each) +
                 ") select (cohort.id - 1) * 8 + i, cohort.id, i, date('2026-02-10', ((i - 1) * 7 + cohort.id % 14) || "
                 "' days'), 150, '' from cohort, n");
    database.run("insert into session_leader (session, person, role) select id, 1 + (cohort * 2) % " +
                 std::to_string(leaders) + ", 'facilitator' from session");
    database.run("insert into session_leader (session, person, role) select id, 1 + (cohort * 2 + 1) % " +
                 std::to_string(leaders) + ", 'facilitator' from session");
    database.run("insert into enrolment (id, cohort, person) with recursive n (i) as (select 1 union all select i + 1 "
                 "from n where i < " +
                 std::to_string(people_each) + ") select (cohort.id - 1) * 10 + i, cohort.id, " +
                 std::to_string(leaders) + " + (cohort.id - 1) * 10 + i from cohort, n");
    database.run("insert into enrolment_event (enrolment, n, state, day, recorded_at, audit) select id, 1, 'enrolled', "
                 "'2026-02-01', '2026-02-01T15:00:00Z', 1 from enrolment");
    database.run("insert into enrolment_event (enrolment, n, state, day, recorded_at, audit) select id, 2, 'moved_on', "
                 "'2026-02-20', '2026-02-20T15:00:00Z', 1 from enrolment where id % 11 = 0");
    database.run("commit");
    database.run("pragma wal_checkpoint(truncate)");
}

void measure() {
    const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
    std::filesystem::create_directories(folder);
    const auto file = folder / "cohorts.db";
    if (!bench::is_there(file)) {
        const auto unfinished = folder / "cohorts-unfinished.db";
        std::filesystem::remove(unfinished);
        fill(unfinished);
        std::filesystem::rename(unfinished, file);
    }
    plugin_host::Host host({.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}});
    const auto catalogue =
        curricula::Catalogue::load({{PEERCERT_SOURCE_DIR "/curricula/wrap", "files"}}, &host.kinds());
    catalogue.require_clean();
    Vocabulary words;
    const services::Rulebook rulebook(catalogue, host.kinds(), words);
    storage::Store store({.url = file.string()});
    const services::FixedClock clock(std::chrono::sys_days{*parse_date("2026-03-02")} + std::chrono::hours{18});
    services::House house{store, clock, "America/Chicago"};
    const auto host_operator = services::Actor::host_operator("bench");
    RawDatabase raw(file);
    raw.run("pragma mmap_size = 2147418112");

    std::vector<double> counting, looking;
    std::vector<services::CohortStatus> all;
    for (int round = 0; round < rounds; ++round) {
        counting.push_back(seconds([&] {
            std::int64_t rows = 0;
            raw.sum("select c.code, count(*), min(case when s.held_on >= '2026-03-02' then s.held_on end), (select "
                    "count(*) from enrolment e join enrolment_event v on v.enrolment = e.id where e.cohort = c.id and "
                    "v.state <> 'moved_on' and v.n = (select max(n) from enrolment_event w where w.enrolment = e.id)), "
                    "(select count(*) from session_leader l join session t on t.id = l.session where t.cohort = c.id) "
                    "from cohort c join session s on s.cohort = c.id group by c.id having max(s.held_on) >= "
                    "'2026-03-02'",
                    rows);
            if (rows != cohorts)
                throw std::runtime_error("the aggregate has not seen every cohort");
        }));
        looking.push_back(seconds([&] { all = services::open_cohorts(house, rulebook, host_operator); }));
    }
    std::int64_t gaps = 0, with_gaps = 0;
    for (const services::CohortStatus& one : all) {
        gaps += one.gaps;
        with_gaps += one.gaps > 0 ? 1 : 0;
    }
    if (static_cast<std::int64_t>(all.size()) != cohorts || gaps == 0)
        throw std::runtime_error("not every cohort was looked at");
    std::printf("status of %lld open cohorts, %d sessions and %d people each: SQL counts them in %.3f s, the status "
                "takes %.3f s, ratio %.2f; %lld sessions of %lld cohorts want leaders\n",
                static_cast<long long>(cohorts), sessions_each, people_each, median(counting), median(looking),
                median(looking) / median(counting), static_cast<long long>(gaps), static_cast<long long>(with_gaps));
}

} // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_cohorts: %s\n", problem.what());
        return 1;
    }
}
