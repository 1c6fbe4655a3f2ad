#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bench/fill_credentials.hpp"
#include "bench/measuring.hpp"
#include "storage/admin.hpp"
#include "storage/people_import.hpp"
#include "storage/store.hpp"

/// How alike somebody new is to everybody in the record, against the same question put to a bare table with an index on
/// the birthday and one on the address by hand, without any scoring. `bench_dup [MOST]`: databases of up to MOST people
/// (10 thousand, 1 million).
namespace {

using namespace peercert;
using namespace std::chrono_literals;

const storage::WriteContext by{"bench", std::chrono::sys_days{2026y / 3 / 2} + 9h};

struct Invented {
    std::string name;
    Date born{};
    std::string email;
    std::string phone;
};

/// Some 260,000 names and 20,000 birthdays: as many namesakes and as many people of one day as a state has.
Invented invented(std::int64_t i) {
    static constexpr const char* syllables[] = {"ba", "de", "fi", "go", "hu", "ka", "le", "mi",
                                                "no", "pu", "ra", "se", "ti", "vo", "zu", "qua"};
    bench::Dice dice(static_cast<std::uint64_t>(i));
    const auto word = [&](int count) {
        std::string text;
        for (int at = 0; at < count; ++at)
            text += syllables[dice(16)];
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    };
    Invented person;
    person.name = word(2) + " " + word(2 + dice(2));
    person.born = add_days(1950y / 1 / 1, dice(20'000));
    person.email = "p" + std::to_string(i) + "@example.org";
    person.phone = "414 555 " + std::to_string(1000 + dice(9000));
    return person;
}

std::filesystem::path filled(const std::filesystem::path& folder, std::int64_t count) {
    const auto file = folder / ("people-" + std::to_string(count) + ".db");
    if (bench::is_there(file))
        return file;
    const auto unfinished = folder / "people-unfinished.db";
    for (const char* tail : {"", "-wal", "-shm"})
        std::filesystem::remove(unfinished.string() + tail);
    storage::create_database({.url = unfinished.string()}, {}, by);
    {
        storage::Store store({.url = unfinished.string()});
        store.write(by, [&](storage::UnitOfWork& work) {
            storage::PeopleImport import(work);
            for (std::int64_t i = 1; i <= count; ++i) {
                const Invented person = invented(i);
                import.add({.name_used = person.name,
                            .name_on_certificate = {},
                            .born = person.born,
                            .email = person.email,
                            .phone = person.phone},
                           static_cast<std::size_t>(i));
            }
            import.finish();
        });
    }
    bench::RawDatabase(unfinished).run("pragma wal_checkpoint(truncate)");
    std::filesystem::rename(unfinished, file);
    return file;
}

std::filesystem::path bare(const std::filesystem::path& folder, std::int64_t count) {
    const auto file = folder / ("people-bare-" + std::to_string(count) + ".db");
    if (bench::is_there(file))
        return file;
    std::filesystem::remove(file);
    bench::RawDatabase raw(file);
    raw.run("pragma synchronous = off");
    raw.run("create table bare (id integer primary key, name text, born text, email text, phone text)");
    raw.run("begin");
    {
        bench::RawInsert insert(raw, "insert into bare (name, born, email, phone) values (?1, ?2, ?3, ?4)");
        for (std::int64_t i = 1; i <= count; ++i) {
            const Invented person = invented(i);
            const std::string born = to_text(person.born);
            insert.row(std::string_view(person.name), std::string_view(born), std::string_view(person.email),
                       std::string_view(person.phone));
        }
    }
    raw.run("create index bare_born on bare (born)");
    raw.run("create index bare_email on bare (email)");
    raw.run("commit");
    return file;
}

void measure(const std::filesystem::path& folder, std::int64_t count) {
    constexpr int asked = 200;
    storage::Store store({.url = filled(folder, count).string()});
    bench::RawDatabase raw(bare(folder, count));
    raw.run("pragma mmap_size = 2147418112");
    // Every second one is somebody of the record with a letter changed, the others are new.
    std::vector<Invented> people;
    for (int i = 0; i < asked; ++i) {
        people.push_back(invented(i % 2 == 0 ? 1 + i * (count / asked) : count + 1 + i));
        if (i % 2 == 0)
            people.back().name.back() = people.back().name.back() == 'x' ? 'y' : 'x';
    }
    std::size_t rows = 0, found = 0;
    const auto by_hand = [&] {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(raw.handle(),
                           "select id, name, born, email, phone from bare where born = ?1 union select id, name, born, "
                           "email, phone from bare where email = ?2",
                           -1, &statement, nullptr);
        for (const Invented& person : people) {
            const std::string born = to_text(person.born);
            sqlite3_bind_text(statement, 1, born.c_str(), -1, SQLITE_STATIC);
            sqlite3_bind_text(statement, 2, person.email.c_str(), -1, SQLITE_STATIC);
            while (sqlite3_step(statement) == SQLITE_ROW)
                rows += static_cast<std::size_t>(sqlite3_column_bytes(statement, 1));
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
    };
    const auto ours = [&](storage::Duplicates::Look look) {
        store.read([&](storage::UnitOfWork& work) {
            for (const Invented& person : people)
                found += work.duplicates
                             .of({.name_used = person.name,
                                  .born = person.born,
                                  .email = person.email,
                                  .phone = person.phone},
                                 look)
                             .size();
        });
    };
    const auto times = [&](const std::function<void()>& work) {
        std::vector<double> all;
        for (int round = 0; round < 7; ++round)
            all.push_back(bench::seconds(work));
        return bench::median(all) / asked;
    };
    const double hand = times(by_hand);
    found = 0;
    const double quick = times([&] { ours(storage::Duplicates::Look::quick); });
    found = 0;
    const double thorough = times([&] { ours(storage::Duplicates::Look::thorough); });
    if (found < asked / 2)
        throw std::runtime_error("not everybody was found again");
    std::printf(
        "duplicates of one new person, %9lld people   by hand %7.3f ms   quick %7.3f ms (ratio %.2f)   thorough "
        "%7.3f ms (ratio %.2f)\n",
        static_cast<long long>(count), hand * 1e3, quick * 1e3, hand / quick, thorough * 1e3, hand / thorough);
    std::fflush(stdout);
    (void)rows;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const std::int64_t most = argc > 1 ? std::stoll(argv[1]) : 1'000'000;
        const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
        std::filesystem::create_directories(folder);
        for (const std::int64_t count : {std::int64_t{10'000}, std::int64_t{1'000'000}})
            if (count <= most)
                measure(folder, count);
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_dup: %s\n", problem.what());
        return 1;
    }
}
