#include "bench/fill_credentials.hpp"

#include <cstdio>

#include <peercert/error.hpp>

#include "bench/measuring.hpp"
#include "domain/codes.hpp"
#include "storage/admin.hpp"

namespace peercert::bench {
namespace {

constexpr domain::CodeBook::Key key{'b', 'e', 'n', 'c', 'h', 'm', 'a', 'r', 'k', ' ', 'n', 'u', 'm', 'b', 'e', 'r'};

void fill(const std::filesystem::path& file, std::int64_t count) {
    storage::create_database({.url = file.string()}, {.number_key = key}, {"bench", domain::Instant{}});
    const domain::CodeBook book(key);
    RawDatabase database(file);
    database.run("PRAGMA journal_mode = OFF");
    database.run("PRAGMA synchronous = OFF");
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("PRAGMA cache_size = -1500000");
    database.run("BEGIN");
    database.run("INSERT INTO organization (id, code, name, kind, county) VALUES (1, 'body', 'Certifying Body "
                 "(invented)', 'certifying_body', '')");
    RawInsert person(database, "INSERT INTO person (id, code, created_at, name, from_day) VALUES (?1, ?2, "
                               "'2024-01-02T03:04:05Z', 'Invented Person ' || ?1, '2024-01-02')");
    RawInsert credential(database, "INSERT INTO credential (id, number, person, track, issuer, created_at, audit) "
                                   "VALUES (?1, ?2, ?1, 'wi-cps', 1, '2024-01-02T03:04:05Z', 1)");
    RawInsert term(
        database,
        "INSERT INTO term (credential, n, first_day, last_day, level, title, public_title, name_as_issued, edition, "
        "edition_digest, zone, timeline, recorded_at, audit) VALUES (?1, 1, '2025-11-01', '2027-10-31', 'certified', "
        "'Certified Peer Specialist', 'Certified Peer Specialist', ?2, '2025', '', 'America/Chicago', '', "
        "'2025-10-20T15:00:00Z', 1)");
    for (std::int64_t id = 1; id <= count; ++id) {
        const std::string full_name = "Invented Person " + std::to_string(id);
        person.row(id, book.person(id).str());
        credential.row(id, book.credential(id).str());
        term.row(id, full_name);
    }
    database.run("COMMIT");
    database.run("PRAGMA locking_mode = NORMAL");
    database.run("PRAGMA journal_mode = WAL");
}

} // namespace

bool is_there(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        return false;
    try {
        const storage::Store store({.url = file.string()});
        return true;
    } catch (const Error&) {
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file.string() + suffix);
        return false;
    }
}

std::filesystem::path filled_database(const std::filesystem::path& folder, std::int64_t count) {
    std::filesystem::create_directories(folder);
    const auto file = folder / ("credentials-" + std::to_string(count) + ".db");
    if (!is_there(file)) {
        const auto unfinished = folder / ("unfinished-" + std::to_string(count) + ".db");
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(unfinished.string() + suffix);
        std::fprintf(stderr, "filling %s ...\n", file.c_str());
        fill(unfinished, count);
        storage::derive_anew({.url = unfinished.string()}, {"bench", domain::Instant{}});
        std::filesystem::rename(unfinished, file);
    }
    return file;
}

std::vector<std::string> some_numbers(std::int64_t count, std::size_t sample) {
    const domain::CodeBook book(key);
    std::vector<std::string> numbers;
    numbers.reserve(sample);
    std::uint64_t state = 0x9E3779B97F4A7C15U; // a fixed sequence: every round and every run asks the same
    for (std::size_t i = 0; i < sample; ++i) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        numbers.push_back(
            book.credential(1 + static_cast<std::int64_t>(state % static_cast<std::uint64_t>(count))).str());
    }
    return numbers;
}

} // namespace peercert::bench
