#include "layer_rules.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace peercert::layers {
namespace {

namespace fs = std::filesystem;

const fs::path top{PEERCERT_SOURCE_DIR};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in) << path;
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<SourceFile> the_house() {
    static const std::set<std::string> kinds{".cpp", ".hpp", ".h", ".sql", ".sh", ".cmake", ".txt", ".in"};
    std::vector<SourceFile> files{{"dev", read(top / "dev")}};
    for (const char* room : {"core", "cli", "plugins", "tests", "cmake"}) {
        if (!fs::exists(top / room))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(top / room)) {
            const auto path = entry.path().lexically_relative(top).generic_string();
            if (entry.is_regular_file() && kinds.contains(entry.path().extension()) &&
                path.find("/corpus/") == std::string::npos)
                files.push_back({path, read(entry.path())});
        }
    }
    return files;
}

LongFiles long_files() {
    LongFiles result;
    std::ifstream in(top / "tests/layers/long_files.txt");
    for (std::string line; std::getline(in, line);)
        if (const auto colon = line.find(": "); !line.starts_with('#') && colon != std::string::npos)
            result.emplace(line.substr(0, colon), line.substr(colon + 2));
    return result;
}

std::string described(const std::vector<Violation>& violations) {
    std::string text;
    for (const Violation& v : violations)
        text += v.path + ":" + std::to_string(v.line) + ": [" + v.rule + "] " + v.message + "\n";
    return text;
}

std::multiset<std::string> rules_broken(const std::vector<SourceFile>& files, const LongFiles& listed = {}) {
    std::multiset<std::string> rules;
    for (const Violation& v : check(files, listed))
        rules.insert(v.rule);
    return rules;
}

using Broken = std::multiset<std::string>;

TEST(TheHouse, KeepsItsRules) {
    const auto files = the_house();
    EXPECT_GT(files.size(), 20u);
    const auto violations = check(files, long_files());
    EXPECT_TRUE(violations.empty()) << described(violations);
}

TEST(Arrows, PointOneWay) {
    EXPECT_EQ(rules_broken({{"core/domain/a.cpp", "#include <peercert/date.hpp>\n#include \"domain/a.hpp\"\n"}}),
              Broken{});
    EXPECT_EQ(rules_broken({{"core/domain/a.cpp", "#include \"storage/store.hpp\"\n"}}), Broken{"arrow"});
    EXPECT_EQ(rules_broken({{"core/sdk/a.cpp", "#include <domain/person.hpp>\n"}}), Broken{"arrow"});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "#include \"storage/store.hpp\"\n"}}), Broken{"arrow"});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "#include \"domain/person.hpp\"\n"}}), Broken{"arrow"});
    EXPECT_EQ(rules_broken({{"plugins/wrap/a.cpp", "#include \"rules/assess.hpp\"\n"}}), Broken{"arrow"});
    EXPECT_EQ(rules_broken({{"cli/commands/a.cpp", "#include \"services/people.hpp\"\n"}}), Broken{});
}

TEST(Arrows, ARoomThatNobodyDrewIsRefused) {
    EXPECT_EQ(rules_broken({{"core/attic/a.cpp", "#include <peercert/date.hpp>\n"}}), Broken{"arrow"});
}

TEST(Arrows, ACommentedIncludeIsNone) {
    EXPECT_EQ(rules_broken({{"core/sdk/a.cpp", "// #include \"http/server.hpp\"\n/*\n#include <soci/soci.h>\n*/\n"}}),
              Broken{});
}

TEST(Arrows, ClimbingOutOfTheRoomIsRefused) {
    EXPECT_EQ(rules_broken({{"core/rules/kinds/a.cpp", "#include \"../assess.hpp\"\n"}}), Broken{"parent"});
}

TEST(Walls, ALibraryStaysInItsRoom) {
    EXPECT_EQ(rules_broken({{"core/storage/a.cpp", "#include <soci/soci.h>\n#include <sqlite3.h>\n"}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/services/a.cpp", "#include <soci/soci.h>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"cli/commands/a.cpp", "#include <sqlite3.h>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/words/a.cpp", "#include <Poco/Net/HTTPServer.h>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "#include <yaml-cpp/yaml.h>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"plugins/wrap/a.cpp", "#include <nlohmann/json.hpp>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/storage/a.cpp", "#include <boost/dll/shared_library.hpp>\n"}}), Broken{"wall"});
}

TEST(Walls, AnUnknownLibraryNeedsARoomFirst) {
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "#include <curl/curl.h>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "#include \"curl/curl.h\"\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "#include <sys/socket.h>\n#include <unistd.h>\n#include <map>\n"}}),
              Broken{});
}

TEST(Walls, CostlyHeadersStayOutOfHeaders) {
    EXPECT_EQ(rules_broken({{"core/words/json.hpp", "#include <nlohmann/json.hpp>\n"}}), Broken{"wall"});
    EXPECT_EQ(rules_broken({{"core/words/json.cpp", "#include <nlohmann/json.hpp>\n"}}), Broken{});
    EXPECT_EQ(rules_broken({{"cli/options.hpp", "#include <CLI/CLI.hpp>\n"}}), Broken{"wall"});
}

TEST(Walls, ALibraryDoesNotLeakThroughTheHeadersOfItsRoom) {
    EXPECT_EQ(rules_broken({{"core/storage/store.hpp", "#include \"storage/session.hpp\"\n"},
                            {"core/storage/session.hpp", "#include <soci/soci.h>\n"},
                            {"core/services/a.cpp", "#include \"storage/store.hpp\"\n"}}),
              Broken{"leak"});
}

TEST(Sql, ValuesAreBoundAndNeverWrittenIntoTheText) {
    const auto in_storage = [](const std::string& line) {
        return rules_broken({{"core/storage/a.cpp", "void f() {\n" + line + "\n}\n"}});
    };
    EXPECT_EQ(in_storage("session << \"select id from person where code = :code\", use(code), into(id);"), Broken{});
    EXPECT_EQ(in_storage("run(\"select id from person \"\n \"where code = :code\");"), Broken{});
    EXPECT_EQ(in_storage("run(\"select id from person where code = '\" + code + \"'\");"), Broken{"sql"});
    EXPECT_EQ(in_storage("session << \"delete from person where id = \" << id;"), Broken{"sql"});
    EXPECT_EQ(in_storage("text = head + \" where id = :id\";"), Broken{"sql"});
    EXPECT_EQ(in_storage("snprintf(b, n, \"select id from person limit %d\", n);"), Broken{"sql"});
    EXPECT_EQ(in_storage("run(R\"sql(select id\nfrom person where id = )sql\" + id);"), Broken{"sql"});
}

TEST(Sql, FixedTextMayBeJoinedWhenTheReasonIsGiven) {
    EXPECT_EQ(rules_broken({{"core/storage/a.cpp", "// fixed text: the column list is a constant of this file\n"
                                                   "run(\"select id from person where \" + columns);\n"}}),
              Broken{});
    EXPECT_EQ(
        rules_broken({{"core/storage/a.cpp", "// fixed text: \nrun(\"select id from person where \" + columns);\n"}}),
        Broken{"sql"});
}

TEST(Sql, HasOneHome) {
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "run(\"select id from person\");\n"}}), Broken{"sql"});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "say(\"select a person first\");\n"}}), Broken{});
}

TEST(Clock, HasOneFile) {
    EXPECT_EQ(rules_broken({{"core/services/a.cpp", "auto t = std::chrono::system_clock::now();\n"}}), Broken{"clock"});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "auto t = time(nullptr);\n"}}), Broken{"clock"});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "std::tm* t = localtime(&x);\n"}}), Broken{"clock"});
    EXPECT_EQ(rules_broken({{"core/storage/a.cpp", "f(\"values (datetime('now'))\");\n"}}), Broken{"clock"});
    EXPECT_EQ(
        rules_broken({{"core/storage/migrations/1.sql", "create table a (at text default current_timestamp);\n"}}),
        Broken{"clock"});
    EXPECT_EQ(rules_broken({{"core/services/clock.cpp", "auto t = std::chrono::system_clock::now();\n"}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/http/a.cpp", "auto t = std::chrono::steady_clock::now(); // not localtime\n"}}),
              Broken{});
}

TEST(Words, AndNumbersAreChosenWithCare) {
    EXPECT_EQ(rules_broken({{"core/words/a.cpp", "f(\"The Patient has gone\");\n"}}), Broken{"words"});
    EXPECT_EQ(rules_broken({{"core/words/a.cpp", "f(\"be patiently kind\");\n"}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "double hours = 1.5;\n"}}), Broken{"exact"});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "int doubled = 2; // no double\n"}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "#include <regex>\nstd::regex r;\n"}}), (Broken{"regex", "regex"}));
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", "int x; // TODO later\n"}}), Broken{"unfinished"});
}

TEST(Length, AFileBeyondTheUsualNeedsAReason) {
    const std::string usual(usual_length, '\n');
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", usual}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", usual + "\n"}}), Broken{"size"});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", usual + "\n"}}, {{"core/rules/a.cpp", "one table"}}), Broken{});
    EXPECT_EQ(rules_broken({{"core/rules/a.cpp", usual}}, {{"core/rules/a.cpp", "one table"}}), Broken{"size"});
}

TEST(Readme, ListsEveryPackageThatSetupInstalls) {
    const std::string readme = read(top / "README.md");
    const std::string dev = read(top / "dev");
    const auto begins = dev.find("packages() {");
    std::istringstream list(dev.substr(begins, dev.find("\n}\n", begins) - begins));
    std::size_t packages = 0;
    for (std::string line; std::getline(list, line);) {
        const auto bar = line.find("| ");
        if (bar == std::string::npos)
            continue;
        const auto name = line.substr(bar + 2, line.find(' ', bar + 2) - bar - 2);
        ++packages;
        EXPECT_NE(readme.find("`" + name + "`"), std::string::npos) << name << " is not in README.md";
    }
    EXPECT_GT(packages, 20u);
}

} // namespace
} // namespace peercert::layers
