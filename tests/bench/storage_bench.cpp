#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "bench/fill_credentials.hpp"
#include "services/imports.hpp"
#include "storage/admin.hpp"
#include "storage/store.hpp"

/// Storage against SQLite used by hand in the same run: rounds of both take turns, medians are compared.
/// `bench_storage [import|state|verification] [MOST]`: databases of up to MOST credentials (10 thousand, 1 million, 10
/// million).
namespace {

using namespace peercert;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double seconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Prints how fast ours is compared with the baseline (1.0 = as fast).
void compare(const char* what, int rounds, double units, const char* unit, const std::function<void()>& baseline,
             const std::function<void()>& ours, const char* goal) {
    std::vector<double> raw;
    std::vector<double> mine;
    for (int round = 0; round < rounds; ++round) {
        raw.push_back(seconds(baseline));
        mine.push_back(seconds(ours));
    }
    const double raw_median = median(raw);
    const double mine_median = median(mine);
    std::printf("%-52s baseline %10.0f %s/s   ours %10.0f %s/s   ratio %.2f   (%s)\n", what, units / raw_median, unit,
                units / mine_median, unit, raw_median / mine_median, goal);
    std::fflush(stdout);
}

class Raw {
public:
    explicit Raw(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK)
            throw std::runtime_error("cannot open " + file.string());
        run("pragma mmap_size = 2147418112"); // the same settings for both
        run("pragma cache_size = -16000");
    }
    ~Raw() { sqlite3_close(handle_); }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;
    void run(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
        return statement;
    }

private:
    sqlite3* handle_{nullptr};
};

std::size_t sink = 0; // what was read, so that reading is not optimised away

/// Every column of every row, as text.
void read_rows(sqlite3_stmt* statement) {
    const int columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < columns; ++i)
            if (sqlite3_column_text(statement, i) != nullptr)
                sink += static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
    sqlite3_reset(statement);
}

void verification(const std::filesystem::path& folder, std::int64_t count) {
    const auto file = bench::filled_database(folder, count);
    storage::Store store({.url = file.string()});
    Raw raw(file);
    sqlite3_stmt* same = raw.prepare(
        "select number, person.id, track, issuer, credential.created_at, departed_on, hidden, person.name, "
        "organization.name, term.n, "
        "term.first_day, term.last_day, level, title, public_title, zone, timeline, recorded_at from credential join "
        "person on "
        "person.id = credential.person left join organization on organization.id = credential.issuer left join term on "
        "term.credential = credential.id where number = ?1");
    sqlite3_stmt* bare = raw.prepare("select person, track, issuer, created_at from credential where number = ?1");
    const auto numbers = bench::some_numbers(count, 20000);
    const auto ask = [&](sqlite3_stmt* statement) {
        for (const auto& number : numbers) {
            sqlite3_bind_text(statement, 1, number.data(), static_cast<int>(number.size()), SQLITE_STATIC);
            read_rows(statement);
        }
    };
    const auto ours = [&] {
        for (const auto& number : numbers) {
            const auto found = store.verification(*domain::CredentialNumber::parse(number));
            if (!found || found->record.terms.size() != 1)
                throw std::runtime_error("a credential was not found");
            sink += found->holder.size();
        }
    };
    ask(same);
    ours();
    const std::string size =
        count >= 1'000'000 ? std::to_string(count / 1'000'000) + " million" : std::to_string(count);
    compare(("verification, " + size + ", raw select of the same").c_str(), 11, static_cast<double>(numbers.size()),
            "look-ups", [&] { ask(same); }, ours, "at least 0.5, aim 0.8");
    compare(("verification, " + size + ", raw select of one row").c_str(), 11, static_cast<double>(numbers.size()),
            "look-ups", [&] { ask(bare); }, ours, "for comparison");
    sqlite3_finalize(same);
    sqlite3_finalize(bare);
}

const storage::WriteContext by{"bench", std::chrono::sys_days{2026y / 3 / 2} + 9h};

std::filesystem::path fresh(const std::filesystem::path& folder, const char* name) {
    for (const char* tail : {"", "-wal", "-shm"})
        std::filesystem::remove((folder / name).string() + tail);
    return folder / name;
}

void import(const std::filesystem::path& folder) {
    constexpr int count = 100'000;
    const auto csv = folder / "people.csv";
    {
        std::ofstream file(csv);
        file << "name,born,email,phone\n";
        for (int i = 0; i < count; ++i) {
            const int scattered = static_cast<int>((i * 7919L) % count);
            file << "Invented" << scattered % 977 << " Person" << scattered << ",19" << 50 + i % 50 << "-0" << 1 + i % 9
                 << "-1" << i % 10 << ",person" << scattered << "@example.org,+1 414 555 " << 1000 + i % 9000 << "\n";
        }
    }
    const auto baseline_file = folder / "import-baseline.db";
    const std::string baseline =
        "sqlite3 '" + baseline_file.string() + "' '.mode csv' '.import \"" + csv.string() + "\" people'";
    const auto make = [&] {
        const auto file = fresh(folder, "import.db");
        storage::create_database({.url = file.string()}, {}, by);
        return file;
    };
    const services::FixedClock clock(by.now);
    std::vector<double> raw;
    std::vector<double> mine;
    for (int round = 0; round < 7; ++round) {
        (void)fresh(folder, "import-baseline.db");
        raw.push_back(seconds([&] {
            if (std::system(baseline.c_str()) != 0)
                throw std::runtime_error("sqlite3 .import did not succeed");
        }));
        storage::Store store({.url = make().string()});
        services::House house{store, clock, "America/Chicago"};
        services::Imports imports(house, nullptr);
        mine.push_back(seconds([&] {
            std::ifstream file(csv, std::ios::binary);
            const auto report =
                imports.people(services::Actor::host_operator("bench"), file, "", services::Mode::commit);
            if (!report.stored || report.added != count)
                throw std::runtime_error("not everybody was imported");
        }));
    }
    std::printf("%-52s baseline %10.0f rows/s   ours %10.0f rows/s   ratio %.2f   (%s)\n",
                "import of 100,000 people, sqlite3 .import", count / median(raw), count / median(mine),
                median(raw) / median(mine), "at least 0.4, aim 0.8");
    std::fflush(stdout);
}

void whole_state(const std::filesystem::path& folder) {
    const auto file = folder / "state.db";
    if (!bench::is_there(file)) {
        const auto unfinished = fresh(folder, "state-unfinished.db");
        storage::create_database({.url = unfinished.string()}, {}, by);
        Raw raw(unfinished);
        raw.run("begin");
        raw.run("with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000) insert into person "
                "(id, code, born, "
                "created_at) select i, 'P' || i, '1980-01-01', '2026-01-01T00:00:00Z' from n");
        raw.run("with recursive p (i) as (select 1 union all select i + 1 from p where i < 100000), e (k) as (select 0 "
                "union all "
                "select k + 1 from e where k < 19) insert into entry (person, last_day, id, kind, result, first_day, "
                "amount, code, "
                "tags, provider, authority_role, authority_first, authority_last, authority_credential, withdrawn, "
                "recorded_at, "
                "edition, typed_by, wording, document_digest, late_reason, audit) select i, date('2024-01-01', (k * "
                "37) || ' days'), "
                "i * 20 + k, case k % 4 when 0 then 'practice' when 1 then 'ce' when 2 then 'attendance' else "
                "'sign_off' end, "
                "'none', date('2024-01-01', (k * 37) || ' days'), 30 + k, 'code-' || (k % 5), case k % 4 when 1 then "
                "'ethics' else '' "
                "end, 'provider-' || (i % 50), case k % 4 when 3 then 'wrap/facilitator' else '' end, '', '', '', 0, "
                "'2026-01-01T00:00:00Z', '', 'bench', '', '', '', 1 from p, e");
        raw.run("commit");
        raw.run("pragma wal_checkpoint(truncate)");
        std::filesystem::rename(unfinished, file);
    }
    storage::Store store({.url = file.string()});
    Raw raw(file);
    sqlite3_stmt* aggregate = raw.prepare("select person, sum(case when kind = 'practice' then amount else 0 end), "
                                          "sum(case when kind = 'ce' and last_day >= "
                                          "'2024-06-01' then amount else 0 end), count(*) from entry group by person");
    Vocabulary vocabulary;
    compare(
        "a whole state read as records, one-pass aggregate", 7, 2e6, "entries", [&] { read_rows(aggregate); },
        [&] {
            store.read([&](storage::UnitOfWork& work) {
                work.entries.each_record(vocabulary,
                                         [](PersonId, const Record& record) { sink += record.entries.size(); });
            });
        },
        "assessing has 1/5 in all, aim 1/2");
    sqlite3_finalize(aggregate);
}

} // namespace

int main(int argc, char** argv) {
    try {
        std::int64_t most = 1'000'000;
        std::string only;
        for (int i = 1; i < argc; ++i) {
            const std::string word = argv[i];
            if (word.find_first_not_of("0123456789") == std::string::npos)
                most = std::stoll(word);
            else
                only = word;
        }
        const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
        std::filesystem::create_directories(folder);
        if (only.empty() || only == "import")
            import(folder);
        if (only.empty() || only == "state")
            whole_state(folder);
        for (const std::int64_t count : {std::int64_t{10'000}, std::int64_t{1'000'000}, std::int64_t{10'000'000}})
            if (count <= most && (only.empty() || only == "verification"))
                verification(folder, count);
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_storage: %s\n", problem.what());
        return 1;
    }
}
