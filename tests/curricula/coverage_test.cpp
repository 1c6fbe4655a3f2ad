#include <map>
#include <set>

#include "curricula/catalogue.hpp"
#include "curricula/node.hpp"

using namespace peercert;
using namespace peercert::curricula;

/// Every kind of requirement that real bodies use, and every trap, is shown by a case or a test that exists. The table
/// is tests/curricula/coverage.txt.
namespace {

const std::filesystem::path source_folder = PEERCERT_SOURCE_DIR;

struct Row {
    std::string id, file, name;
    int line{0};
};

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string()
                                           : std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::vector<Row> table() {
    std::vector<Row> rows;
    std::istringstream text(read_file(source_folder / "tests" / "curricula" / "coverage.txt"));
    int number = 0;
    for (std::string line; std::getline(text, line);) {
        ++number;
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t first = line.find('|'), second = line.find('|', first + 1);
        if (second == std::string::npos) {
            ADD_FAILURE() << "coverage.txt:" << number << ": a row is ID | file | name";
            continue;
        }
        rows.push_back({trimmed(std::string_view(line).substr(0, first)),
                        trimmed(std::string_view(line).substr(first + 1, second - first - 1)),
                        trimmed(std::string_view(line).substr(second + 1)), number});
    }
    return rows;
}

/// Kinds of the field's list, by letter, and how many each has.
constexpr std::array<std::pair<char, int>, 11> kinds{{{'E', 22},
                                                      {'T', 12},
                                                      {'X', 12},
                                                      {'H', 18},
                                                      {'L', 11},
                                                      {'V', 9},
                                                      {'C', 16},
                                                      {'R', 15},
                                                      {'M', 5},
                                                      {'G', 7},
                                                      {'F', 5}}};
constexpr int traps = 40;
constexpr std::array<std::string_view, 12> further{
    "employed on a day",           "closed-day deadline",  "postmark or receipt",  "missing field",
    "threshold changing mid-path", "consent withdrawn",    "prerequisite lapses",  "application closes",
    "passed, not active",          "extension on a grace", "birth date corrected", "unit mix"};

/// What has to be shown, and by how many rows: a trap has two sides.
std::map<std::string, std::size_t> wanted() {
    std::map<std::string, std::size_t> all;
    for (const auto& [letter, count] : kinds)
        for (int number = 1; number <= count; ++number)
            all[letter + std::to_string(number)] = 1;
    for (int number = 1; number <= traps; ++number)
        all["vector " + std::to_string(number)] = 2;
    for (const std::string_view one : further)
        all["further " + std::string(one)] = 2;
    return all;
}

/// The names of the cases of a file, or the text of a test's source.
class Shown {
public:
    bool has(const Row& row) {
        if (!row.file.ends_with(".yaml"))
            return source_of(row.file).find("(" + dotted(row.name) + ")") != std::string::npos;
        return cases_of(row.file).contains(row.name);
    }

private:
    /// "Suite.Test" as it stands in the source.
    static std::string dotted(std::string name) {
        if (const std::size_t dot = name.find('.'); dot != std::string::npos)
            name.replace(dot, 1, ", ");
        return name;
    }
    const std::string& source_of(const std::string& file) {
        auto& text = sources_[file];
        if (text.empty() && std::filesystem::exists(source_folder / file))
            text = read_file(source_folder / file);
        return text;
    }
    const std::set<std::string>& cases_of(const std::string& file) {
        const auto [known, is_new] = cases_.try_emplace(file);
        if (!is_new)
            return known->second;
        std::vector<Problem> problems;
        const Node root = read_yaml(file, source_of(file), problems);
        if (const Node* cases = root.find("cases"))
            for (const Node& one : cases->items)
                if (const Node* name = one.find("name"))
                    known->second.insert(name->text);
        return known->second;
    }

    std::map<std::string, std::string> sources_;
    std::map<std::string, std::set<std::string>> cases_;
};

TEST(Coverage, EveryKindHasACaseAndEveryTrapBothSides) {
    std::map<std::string, std::set<std::pair<std::string, std::string>>> shown;
    for (const Row& row : table())
        shown[row.id].emplace(row.file, row.name);
    for (const auto& [id, least] : wanted()) {
        EXPECT_GE(shown[id].size(), least) << id << " wants more rows in tests/curricula/coverage.txt";
    }
    const auto known = wanted();
    for (const auto& [id, rows] : shown)
        EXPECT_TRUE(known.contains(id)) << "nothing is called \"" << id << "\"";
}

TEST(Coverage, NamesCasesAndTestsThatExist) {
    Shown shown;
    for (const Row& row : table())
        EXPECT_TRUE(shown.has(row)) << "coverage.txt:" << row.line << ": " << row.file << " has no \"" << row.name
                                    << "\"";
}

TEST(Coverage, ACaseOfAnotherNameWouldNotDo) {
    Shown shown;
    const std::string wi = "curricula/wi-cps/2024.cases.yaml";
    EXPECT_TRUE(shown.has({"E1", wi, "the eighteenth birthday itself is early enough"}));
    EXPECT_FALSE(shown.has({"E1", wi, "the eighteenth birthday"}));
    EXPECT_FALSE(
        shown.has({"E1", "curricula/nowhere/2024.cases.yaml", "the eighteenth birthday itself is early enough"}));
    EXPECT_TRUE(shown.has({"E1", "tests/curricula/coverage_test.cpp", "Coverage.ACaseOfAnotherNameWouldNotDo"}));
    EXPECT_FALSE(shown.has({"E1", "tests/curricula/coverage_test.cpp", "Coverage.ACase"}));
}

} // namespace
