#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/measuring.hpp"
#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/cohorts.hpp"
#include "services/exports.hpp"
#include "services/imports.hpp"
#include "services/packets.hpp"
#include "services/record_import.hpp"
#include "storage/admin.hpp"

/// What comes in and goes out, against SQLite used by hand in the same run: rounds of both take turns, medians are
/// compared. `bench_exchange [ROUNDS]`.
namespace {

using namespace peercert;
using bench::median;
using bench::RawDatabase;
using bench::seconds;
namespace fs = std::filesystem;

constexpr int people = 1000;
constexpr int sessions = 100;
constexpr int packet_lines = 2000;

void compare(const char* what, double units, const char* unit, const std::vector<double>& baseline,
             const std::vector<double>& ours) {
    std::printf("%-44s baseline %10.0f %s/s   ours %10.0f %s/s   %.2f times the time\n", what, units / median(baseline),
                unit, units / median(ours), unit, median(ours) / median(baseline));
    std::fflush(stdout);
}

void shell(const std::string& command) {
    if (std::system(command.c_str()) != 0) // NOLINT(cert-env33-c): a fixed command of the benchmark
        throw std::runtime_error(command + " did not succeed");
}

/// A database made anew: people enrolled in one cohort, nobody's presence recorded.
class Centre {
public:
    Centre(const fs::path& folder, const services::Rulebook& rulebook)
        : file_(folder / "exchange.db"), rulebook_(rulebook) {
        for (const char* tail : {"", "-wal", "-shm"})
            fs::remove(file_.string() + tail);
        storage::create_database({.url = file_.string()}, {}, {"bench", clock_.now()});
        store_ = std::make_unique<storage::Store>(storage::StoreSettings{.url = file_.string()});
        house_ = std::make_unique<services::House>(services::House{*store_, clock_, "America/Chicago"});
        store_->write({"bench", clock_.now()}, [&](storage::UnitOfWork& work) {
            const auto program = rulebook_.edition_on_file("wrap", "2024");
            rulebook_.rely_on(work, program->edition());
            domain::Cohort cohort;
            cohort.code = "large";
            cohort.curriculum = "wrap";
            cohort.edition = "2024";
            cohort.format = "weekly group";
            cohort.title = "A large one";
            const CohortId id = work.cohorts.add(cohort);
            for (int number = 1; number <= sessions; ++number) {
                domain::Session session;
                session.cohort = id;
                session.number = number;
                session.held_on = add_days(*parse_date("2024-01-01"), number);
                session.length = Minutes{150};
                (void)work.cohorts.add_session(session);
            }
            for (int i = 0; i < people; ++i) {
                const auto person = work.people.add({.name_used = "Invented Person " + std::to_string(i)});
                codes_.push_back(person.code.str());
                work.enrolments.add(id, person.id, *parse_date("2024-01-01"));
            }
            work.audit.append({.action = "bench.filled", .object = "all"});
        });
    }
    services::House& house() { return *house_; }
    const std::vector<std::string>& codes() const { return codes_; }
    const fs::path& file() const { return file_; }

private:
    fs::path file_;
    const services::Rulebook& rulebook_;
    services::FixedClock clock_{std::chrono::sys_days{*parse_date("2025-01-01")}};
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<services::House> house_;
    std::vector<std::string> codes_;
};

const services::Actor host = services::Actor::host_operator("bench");

void import_attendance(const fs::path& folder, const services::Rulebook& rulebook, int rounds) {
    std::vector<double> baseline, ours, again;
    const fs::path csv = folder / "attendance.csv", raw = folder / "attendance-baseline.db";
    for (int round = 0; round < rounds; ++round) {
        Centre centre(folder, rulebook);
        {
            std::ofstream file(csv);
            file << "person,session,minutes\n";
            for (int session = 1; session <= sessions; ++session)
                for (const std::string& code : centre.codes())
                    file << code << ',' << session << ",150\n";
        }
        fs::remove(raw);
        baseline.push_back(seconds([&] {
            shell("sqlite3 '" + raw.string() + "' '.mode csv' '.import \"" + csv.string() + "\" attendance'");
        }));
        services::Imports imports(centre.house(), &rulebook);
        const auto read = [&](std::size_t added) {
            std::ifstream file(csv, std::ios::binary);
            const auto report = imports.attendance(host, "large", file, services::Mode::commit);
            if (report.errors != 0 || report.added != added)
                throw std::runtime_error("the attendance did not come in as it should: " +
                                         std::to_string(report.errors));
        };
        ours.push_back(seconds([&] { read(people * sessions); }));
        again.push_back(seconds([&] { read(0); }));
    }
    compare("100,000 rows of attendance, sqlite3 .import", people * sessions, "rows", baseline, ours);
    compare("  the same file again, which changes nothing", people * sessions, "rows", baseline, again);
}

void import_records(const fs::path& folder, const services::Rulebook& rulebook, int rounds) {
    std::vector<double> baseline, ours;
    const fs::path csv = folder / "records.csv", raw = folder / "records-baseline.db";
    for (int round = 0; round < rounds; ++round) {
        Centre centre(folder, rulebook);
        {
            std::ofstream file(csv);
            file << "person,on,amount\n";
            for (int day = 0; day < 100; ++day)
                for (const std::string& code : centre.codes())
                    file << code << ',' << to_text(add_days(*parse_date("2023-01-01"), day)) << ",90\n";
        }
        fs::remove(raw);
        baseline.push_back(seconds(
            [&] { shell("sqlite3 '" + raw.string() + "' '.mode csv' '.import \"" + csv.string() + "\" records'"); }));
        ours.push_back(seconds([&] {
            std::ifstream file(csv, std::ios::binary);
            const auto report = services::RecordImports(centre.house(), rulebook)
                                    .records(host, file, EntryKind::practice, {}, services::Mode::commit);
            if (report.errors != 0 || report.added != 100'000)
                throw std::runtime_error("the records did not come in as they should");
        }));
    }
    compare("100,000 practice hours, sqlite3 .import", 100'000, "rows", baseline, ours);
}

/// One person of two thousand lines, against stepping through the same rows and writing them as text.
void packet_and_export(const fs::path& folder, const services::Rulebook& rulebook, int rounds) {
    Centre centre(folder, rulebook);
    const std::string& code = centre.codes().front();
    centre.house().store.write({"bench", centre.house().clock.now()}, [&](storage::UnitOfWork& work) {
        const PersonId id = work.people.find(*domain::PersonCode::parse(code))->id;
        for (int i = 0; i < packet_lines; ++i) {
            domain::NewEntry line;
            line.person = id;
            line.kind = EntryKind::practice;
            line.first_day = line.last_day = add_days(*parse_date("2015-01-01"), i);
            line.amount = 90;
            (void)work.entries.add(line);
        }
        work.audit.append({.action = "bench.filled", .object = "all"});
    });
    RawDatabase raw(centre.file());
    std::vector<double> baseline, ours, reading, showing;
    std::size_t size = 0;
    for (int round = 0; round < rounds * 5; ++round) {
        baseline.push_back(seconds([&] {
            std::string out;
            sqlite3_stmt* statement = nullptr;
            sqlite3_prepare_v2(raw.handle(), "select * from entry where person = 1 order by id", -1, &statement,
                               nullptr);
            while (sqlite3_step(statement) == SQLITE_ROW)
                for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
                    out += text == nullptr ? "" : text;
                    out += ',';
                }
            sqlite3_finalize(statement);
            size = out.size();
        }));
        std::string bytes;
        ours.push_back(seconds([&] { bytes = services::PersonPackets(centre.house()).make(host, code).bytes; }));
        if (bytes.size() < size)
            throw std::runtime_error("the packet is not whole");
        reading.push_back(seconds([&] { (void)services::packet_in(bytes); }));
    }
    compare("a packet of 2,000 lines, made (rows as text)", 1, "packets", baseline, ours);
    compare("  read and checked", 1, "packets", baseline, reading);

    std::vector<double> dump, everything;
    const fs::path out = folder / "everything";
    for (int round = 0; round < rounds; ++round) {
        dump.push_back(seconds([&] {
            shell("sqlite3 '" + centre.file().string() + "' .dump > '" + (folder / "dump.sql").string() + "'");
        }));
        fs::remove_all(out);
        everything.push_back(seconds([&] {
            (void)services::Exports(centre.house())
                .everything(host, out, services::ExportFormat::jsonl, services::Mode::commit);
        }));
    }
    compare("export of that record, sqlite3 .dump", static_cast<double>(services::Exports(centre.house()).rows()),
            "rows", dump, everything);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
        const fs::path folder = fs::path(PEERCERT_BINARY_DIR) / "bench";
        fs::create_directories(folder);
        plugin_host::Host plugins(
            {.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}});
        const auto catalogue =
            curricula::Catalogue::load({{PEERCERT_SOURCE_DIR "/curricula", "files"}}, &plugins.kinds());
        catalogue.require_clean();
        Vocabulary words;
        const services::Rulebook rulebook(catalogue, plugins.kinds(), words);
        import_attendance(folder, rulebook, rounds);
        import_records(folder, rulebook, rounds);
        packet_and_export(folder, rulebook, rounds);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
