#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "support/run_cli.hpp"

/// What a server refuses to start on, and what the doctor says about it. One test for each thing that the house has
/// promised to refuse.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using peercert::tests::RunningCli;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class SoundStart : public testing::Test {
protected:
    SoundStart() {
        peercert.set("PEERCERT_DB", database().string());
        peercert({"init"});
    }
    std::filesystem::path database() const { return peercert.home() / "a.db"; }

    /// As somebody with the file in their hands would.
    void sql(const std::string& script) {
        const std::string file = peercert.file("script.sql", script);
        ASSERT_EQ(std::system(("sqlite3 '" + database().string() + "' < '" + file + "'").c_str()), 0);
    }
    /// That it does not start, and says so in one clear sentence.
    CliResult refused() {
        const CliResult result = peercert({"serve", "--port", "0"});
        EXPECT_NE(result.exit, 0);
        EXPECT_NE(result.exit, 9) << "no mistake of ours";
        EXPECT_EQ(result.out, "") << "it never listened";
        EXPECT_THAT(result.err, Not(HasSubstr("select ")));
        return result;
    }
    json check(const std::string& name) {
        const json answer = json::parse(peercert({"doctor", "--json"}).out);
        for (const json& one : answer["checks"])
            if (one["check"] == name)
                return one;
        ADD_FAILURE() << "the doctor does not look at " << name << ": " << answer;
        return {};
    }
    void expect_found(const std::string& name, const std::string& says) {
        const json found = check(name);
        EXPECT_EQ(found["sound"], false) << found;
        EXPECT_THAT(found["says"].get<std::string>(), HasSubstr(says));
    }

    RunCli peercert;
};

TEST_F(SoundStart, WithoutAnyOfItTheServerStartsAndTheDoctorIsContent) {
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    EXPECT_GT(json::parse(server.line())["port"], 0);
    EXPECT_EQ(server.finish(SIGTERM).exit, 0);
    EXPECT_EQ(json::parse(peercert({"doctor", "--json"}).out)["sound"], true);
}

TEST_F(SoundStart, NotWithoutADatabase) {
    std::filesystem::remove(database());
    EXPECT_THAT(refused().err, HasSubstr("peercert init"));
    EXPECT_FALSE(std::filesystem::exists(database())) << "a server makes none";
}

TEST_F(SoundStart, NotOnANewerSchema) {
    sql("insert into schema_migration values (99, 'later', 'x', '2030-01-01T00:00:00Z')");
    EXPECT_THAT(refused().err, HasSubstr("schema 99"));
    expect_found("database", "schema 99");
}

TEST_F(SoundStart, NotOnADamagedFile) {
    // A page in the middle of the file, where the tables are.
    std::FILE* file = std::fopen(database().c_str(), "r+b");
    ASSERT_NE(file, nullptr);
    std::fseek(file, 4096 * 8, SEEK_SET);
    for (int i = 0; i < 4096; ++i)
        std::fputc(i & 0xff, file);
    std::fclose(file);
    EXPECT_THAT(refused().err, HasSubstr("doctor"));
    EXPECT_EQ(peercert({"doctor"}).exit, 1);
}

TEST_F(SoundStart, NotWithoutATable) {
    sql("drop table credential_event");
    EXPECT_THAT(refused().err, HasSubstr("the table credential_event is missing"));
    expect_found("integrity", "the table credential_event is missing");
}

TEST_F(SoundStart, NotWithoutWhatKeepsTheRecordFromBeingChanged) {
    sql("drop trigger entry_is_never_changed");
    EXPECT_THAT(refused().err, HasSubstr("entry_is_never_changed"));
    expect_found("integrity", "entry_is_never_changed");
}

TEST_F(SoundStart, NotOnADatabaseThatOthersMayReadOrChange) {
    for (const auto& [mode, says] : {std::pair<mode_t, const char*>{0644, "read by everybody"},
                                     {0640, "read by its group"},
                                     {0620, "changed by its group"},
                                     {0666, "changed by everybody"}}) {
        ASSERT_EQ(::chmod(database().c_str(), mode), 0);
        EXPECT_THAT(refused().err, AllOf(HasSubstr(says), HasSubstr("chmod 600"))) << std::oct << mode;
        expect_found("files", says);
    }
    ASSERT_EQ(::chmod(database().c_str(), 0600), 0);
    EXPECT_EQ(check("files")["sound"], true);
}

TEST_F(SoundStart, NotWhenOthersMayReadWhatLiesBesideTheDatabase) {
    for (const char* tail : {"-wal", "-shm"}) {
        const std::string file = peercert.file("a.db" + std::string(tail), "");
        ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
        EXPECT_THAT(refused().err, HasSubstr("a.db" + std::string(tail)));
        std::filesystem::remove(file);
    }
    const std::string copy = peercert.file("a.db.schema-2.2026-01-01T00-00-00Z", "");
    ASSERT_EQ(::chmod(copy.c_str(), 0644), 0);
    expect_found("files", "schema-2");
}

TEST_F(SoundStart, NotInAFolderThatOthersMayChange) {
    ASSERT_EQ(::chmod(peercert.home().c_str(), 0777), 0);
    EXPECT_THAT(refused().err, HasSubstr("chmod go-w"));
    expect_found("files", "can be replaced");
    ASSERT_EQ(::chmod(peercert.home().c_str(), 01777), 0);
    EXPECT_EQ(check("files")["sound"], true) << "where nobody can remove what is ours, as in /tmp";
    ASSERT_EQ(::chmod(peercert.home().c_str(), 0700), 0);
}

TEST_F(SoundStart, NotWithAConfigurationThatOthersMayChange) {
    const std::string file = peercert.file("p.conf", "zone = America/Chicago\n");
    peercert.set("PEERCERT_CONFIG", file);
    ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
    EXPECT_EQ(check("files")["sound"], true) << "it holds no secret";
    ASSERT_EQ(::chmod(file.c_str(), 0664), 0);
    EXPECT_THAT(refused().err, HasSubstr("p.conf"));
    expect_found("files", "chmod go-w");
}

TEST_F(SoundStart, PasswordInAReadableConfigurationIsNoticed) {
    peercert.unset("PEERCERT_DB");
    const std::string file = peercert.file("p.conf", "db = postgresql://peer:secret@localhost:1/peer\n");
    peercert.set("PEERCERT_CONFIG", file);
    ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
    expect_found("files", "password");
    EXPECT_THAT(peercert({"doctor"}).out, Not(HasSubstr("secret")));
    EXPECT_THAT(refused().err, AllOf(HasSubstr("chmod go-r"), Not(HasSubstr("secret"))));
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    EXPECT_EQ(check("files")["sound"], true);
}

TEST_F(SoundStart, NotWithAPluginFolderThatOthersMayChange) {
    const auto folder = peercert.home() / "plugins";
    std::filesystem::create_directory(folder);
    ASSERT_EQ(::chmod(folder.c_str(), 0775), 0);
    peercert.set("PEERCERT_PLUGINS", folder.string());
    EXPECT_THAT(refused().err, HasSubstr("chmod go-w"));
    expect_found("plugins", "chmod go-w");
}

TEST_F(SoundStart, NotWhenTheClockIsBehindTheRecord) {
    sql("drop trigger audit_is_never_changed; update audit set at = '2999-01-01T00:00:00Z';\n"
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit\nBEGIN\n"
        "  SELECT RAISE(ABORT, 'rows of audit are never changed');\nEND;");
    EXPECT_EQ(check("state")["sound"], true) << "nothing but the clock is wrong";
    expect_found("clock", "something was recorded at 2999-01-01");
    EXPECT_THAT(refused().err, HasSubstr("something was recorded at 2999-01-01"));
}

TEST_F(SoundStart, NotWithAnUnknownSetting) {
    peercert.set("PEERCERT_CONFIG", peercert.file("p.conf", "lisen = 127.0.0.1\n"));
    EXPECT_THAT(refused().err, AllOf(HasSubstr("unknown setting"), HasSubstr("listen")));
}

} // namespace
