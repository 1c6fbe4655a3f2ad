#include "house_fixture.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <sys/stat.h>

#include "domain/sha256.hpp"
#include "services/exports.hpp"

/// Everything out, in open formats: nobody's record is locked in (practice.md N15).
namespace peercert::services {
namespace {

namespace fs = std::filesystem;
using storage::WholeRecord;
using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream all;
    all << stream.rdbuf();
    return all.str();
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files[entry.path().filename().string()] = bytes_of(entry.path());
    return files;
}

/// "table.column" of the schema, asked of the migrations by way of the export.
std::set<std::string> given_out() {
    std::set<std::string> names;
    for (const WholeRecord::Table& table : WholeRecord::tables())
        for (const WholeRecord::Column& column : table.columns)
            names.insert(table.name + "." + column.name);
    return names;
}

class Export : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        folder = database().place().folder() / "out";
    }
    /// A centre's half year: a cohort run, somebody certified.
    void something_happens() {
        const std::string odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
        certified_in_wisconsin("Dolores Quintero");
        cohorts->open(host, {"wrap-1", "wrap", "weekly group", "centre", "=1+1", "", eight_fridays(), {odessa}});
    }
    ExportReport everything(ExportFormat format = ExportFormat::jsonl, Mode mode = Mode::commit) {
        return Exports(house()).everything(host, folder, format, mode);
    }

    fs::path folder;
};
PEERCERT_IN_BOTH(Export);

TEST_P(Export, HoldsEveryTableAndColumnOfTheDatabase) {
    // asked of the database itself, column by column, beside what the export says
    const std::string columns =
        GetParam() == storage::Backend::sqlite
            ? "select group_concat(m.name || '.' || c.name, ' ') from sqlite_master m, pragma_table_info(m.name) c "
              "where m.type = 'table' and m.name not like 'sqlite%' and m.name <> 'schema_migration'"
            : "select string_agg(table_name || '.' || column_name, ' ') from information_schema.columns where "
              "table_schema = current_schema() and table_name <> 'schema_migration'";
    std::istringstream there(database().place().ask(columns));
    const std::set<std::string> given = given_out();
    std::size_t seen = 0;
    for (std::string name; there >> name; ++seen) {
        bool left_out = false;
        for (const WholeRecord::LeftOut& one : WholeRecord::left_out())
            left_out = left_out || name == std::string(one.table) + "." + std::string(one.column) ||
                       (one.column.empty() && name.starts_with(std::string(one.table) + "."));
        EXPECT_NE(given.contains(name), left_out) << name;
    }
    EXPECT_GT(seen, 150U);
}

TEST_P(Export, LeavesOutNothingThatIsNotNamedAndNamesNothingThatIsNotThere) {
    something_happens();
    everything();
    const std::string manifest = bytes_of(folder / "manifest.json");
    for (const WholeRecord::LeftOut& one : WholeRecord::left_out())
        EXPECT_THAT(manifest, HasSubstr("\"table\": \"" + std::string(one.table) + "\""));
    // Whatever is called like a secret is one, or was looked at: a new one cannot be given out unseen.
    const std::set<std::string> looked_at{"person.name_key", "person_name.search_key", "bundle.public_key"};
    for (const std::string& name : given_out())
        for (const char* word : {"key", "salt", "secret", "token", "password", "seed", "private"})
            EXPECT_TRUE(name.find(word) == std::string::npos || looked_at.contains(name))
                << name << ": a secret? name it in whole_record.cpp, or here";
}

TEST_P(Export, HoldsEveryRowAndNoSecret) {
    something_happens();
    const ExportReport report = everything();
    std::int64_t rows = 0;
    for (const ExportReport::File& file : report.files) {
        const std::string bytes = bytes_of(folder / file.name);
        EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), file.rows) << file.name;
        const std::string table = file.name.substr(0, file.name.find('.'));
        EXPECT_EQ(database().place().ask("select count(*) from " + table), std::to_string(file.rows)) << table;
        EXPECT_EQ(domain::sha256_hex(bytes), file.sha256) << file.name;
        for (const char* secret : {"number_key", "audit_salt"})
            EXPECT_THAT(bytes,
                        Not(HasSubstr(database().place().ask("select " + std::string(secret) + " from installation"))));
        rows += file.rows;
    }
    EXPECT_EQ(rows, report.rows);
    EXPECT_THAT(bytes_of(folder / "person.jsonl"), HasSubstr("\"name\":\"Dolores Quintero\""));
    EXPECT_THAT(bytes_of(folder / "person.jsonl"), HasSubstr("\"departed_on\":null"));
    EXPECT_THAT(bytes_of(folder / "audit.jsonl"), HasSubstr("\"action\":\"record.exported\""));
}

TEST_P(Export, IsReadByItsOwnerOnly) {
    everything();
    struct stat state {};
    ASSERT_EQ(::stat(folder.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0700U);
    for (const auto& entry : fs::directory_iterator(folder)) {
        ASSERT_EQ(::stat(entry.path().c_str(), &state), 0);
        EXPECT_EQ(state.st_mode & 0777U, 0600U) << entry.path();
    }
}

TEST_P(Export, AsCsvIsSafeInASpreadsheetAndTellsMissingFromEmpty) {
    something_happens();
    everything(ExportFormat::csv);
    const std::string held = bytes_of(folder / "cohort.csv");
    EXPECT_THAT(held, HasSubstr("id,code,curriculum,edition,"));
    EXPECT_THAT(held, HasSubstr(",'=1+1,Milwaukee,"));
    EXPECT_THAT(bytes_of(folder / "organization.csv"), HasSubstr(",Invented Office,certifying_body,\"\","));
    EXPECT_THAT(bytes_of(folder / "person.csv"), HasSubstr(",1980-03-15,2025-04-02T18:00:00Z,,0,"));
}

TEST_P(Export, WritesIntoNoFolderThatHoldsAnything) {
    fs::create_directory(folder);
    std::ofstream(folder / "notes.txt") << "mine";
    const Error error = refusal([&] { everything(); });
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_THAT(error.what(), HasSubstr("is not empty; name a folder that is new or empty"));
    EXPECT_EQ(files_in(folder).size(), 1U);
    fs::remove(folder / "notes.txt");
    everything();
    EXPECT_EQ(refusal([&] { everything(); }).code(), ErrorCode::conflict);
}

TEST_P(Export, RehearsedCountsAndWritesNothing) {
    something_happens();
    const std::string before = database().place().ask("select count(*) from audit");
    const ExportReport report = everything(ExportFormat::jsonl, Mode::rehearse);
    EXPECT_GT(report.rows, 20);
    EXPECT_FALSE(fs::exists(folder));
    EXPECT_EQ(database().place().ask("select count(*) from audit"), before);
}

TEST_P(Export, IsForTheOperatorAlone) {
    const std::string ana = somebody("Ana Ruiz");
    organizations->grant(host, "centre", ana, "administrator", {}, {});
    const PersonId id = house().store.read(
        [&](storage::UnitOfWork& work) { return work.people.find(domain::PersonCode::parse(ana).value())->id; });
    const Error error = refusal([&] {
        Exports(house()).everything({"person:" + ana, id}, folder, ExportFormat::jsonl, Mode::commit);
    });
    EXPECT_EQ(error.code(), ErrorCode::forbidden);
    EXPECT_FALSE(fs::exists(folder));
}

TEST(ExportOfBothDatabases, IsTheSameBytes) {
    if (!testing::postgresql_at_hand())
        GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
    testing::TempDatabase origin(storage::Backend::sqlite);
    FixedClock clock{noon("2025-04-02")};
    const Actor host = Actor::host_operator("test");
    {
        House house{origin.store(), clock, "America/Chicago"};
        People people(house);
        for (const char* name : {"Zoë Brandt", "ana ruiz", "Ana Ruiz", "文 Li", "Émile Roy"})
            people.add(host, {.name_used = name, .email = "one@example.org"}, true);
        Organizations(house).add(host, {{}, "zeta", "Z", domain::OrganizationKind::county, ""});
    }
    const fs::path backup = origin.place().folder() / "backup.db";
    storage::back_up(origin.place().settings(), backup);
    std::map<storage::Backend, std::map<std::string, std::string>> files;
    for (const auto backend : {storage::Backend::sqlite, storage::Backend::postgresql}) {
        testing::TempPlace place(backend);
        storage::restore(backup, place.settings(), {"test", noon("2025-04-03")});
        storage::Store store(place.settings());
        House house{store, clock, "America/Chicago"};
        Exports(house).everything(host, place.folder() / "out", ExportFormat::csv, Mode::commit);
        files[backend] = files_in(place.folder() / "out");
    }
    EXPECT_GT(files[storage::Backend::sqlite].size(), 20U);
    EXPECT_EQ(files[storage::Backend::sqlite], files[storage::Backend::postgresql]);
}

} // namespace
} // namespace peercert::services
