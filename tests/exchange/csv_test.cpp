#include "exchange/csv.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include <peercert/error.hpp>

namespace peercert::exchange {
namespace {

std::vector<std::vector<std::string>> rows(const std::string& text) {
    std::istringstream in(text);
    CsvReader reader(in, {"name"}, {"born", "email"});
    std::vector<std::vector<std::string>> all;
    while (reader.next()) {
        std::vector<std::string> row;
        for (std::size_t i = 0; i < reader.fields(); ++i)
            row.emplace_back(reader.at(i));
        all.push_back(row);
    }
    return all;
}

std::string refusal(const std::string& text) {
    try {
        rows(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

using Rows = std::vector<std::vector<std::string>>;

TEST(CommaSeparatedFiles, AFileHoldsAMillionRowsAndNotOneMore) {
    std::string text = "name\n";
    for (std::size_t i = 0; i < CsvReader::most_rows; ++i)
        text += i % 2 == 0 ? "A\n" : "\nA\n"; // a blank line is no row
    const auto count = [](const std::string& file) {
        std::istringstream in(file);
        CsvReader reader(in, {"name"}, {});
        std::size_t rows = 0;
        while (reader.next())
            ++rows;
        return rows;
    };
    EXPECT_EQ(count(text), CsvReader::most_rows);
    try {
        count(text + "A\n");
        FAIL() << "one too many was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        EXPECT_NE(std::string(error.what()).find("at most 1000000 rows"), std::string::npos) << error.what();
    }
}

TEST(CommaSeparatedFiles, FieldsAreReadWithAndWithoutQuotes) {
    EXPECT_EQ(rows("name,born\nAna Ruiz,1980-03-15\n\"Ruiz, Ana \"\"Nina\"\"\",\n"),
              (Rows{{"Ana Ruiz", "1980-03-15"}, {"Ruiz, Ana \"Nina\"", ""}}));
}

TEST(CommaSeparatedFiles, AByteOrderMarkCarriageReturnsAndBlankLinesAreHarmless) {
    EXPECT_EQ(rows("\xEF\xBB\xBFname,born\r\nAna,\r\n\r\nBo,\r\n"), (Rows{{"Ana", ""}, {"Bo", ""}}));
}

TEST(CommaSeparatedFiles, TheLastLineNeedsNoLineEnd) { EXPECT_EQ(rows("name\nAna"), (Rows{{"Ana"}})); }

TEST(CommaSeparatedFiles, AQuotedFieldMaySpanLinesAndLineNumbersStayTrue) {
    std::istringstream in("name,email\n\"Ana\nRuiz\",a@x.org\nBo,b@x.org\n");
    CsvReader reader(in, {"name"}, {"email"});
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.line(), 2u);
    EXPECT_EQ(reader.field("name"), "Ana\nRuiz");
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.line(), 4u);
    EXPECT_FALSE(reader.next());
}

TEST(CommaSeparatedFiles, AColumnThatIsNotThereIsEmpty) {
    std::istringstream in("name\nAna\n");
    CsvReader reader(in, {"name"}, {"email"});
    ASSERT_TRUE(reader.next());
    EXPECT_FALSE(reader.has("email"));
    EXPECT_EQ(reader.field("email"), "");
}

TEST(CommaSeparatedFiles, AMistypedColumnIsNamedWithTheNearestOne) {
    EXPECT_EQ(refusal("name,emial\n"), "line 1: unknown column \"emial\"; did you mean \"email\"?");
    EXPECT_EQ(refusal("born\n"), "line 1: the column \"name\" is missing; the first line must name name");
    EXPECT_EQ(refusal("name,name\n"), "line 1: the column \"name\" stands twice");
    EXPECT_EQ(refusal(""), "the file is empty; its first line must name the columns: name");
}

TEST(CommaSeparatedFiles, BrokenQuotingIsRefusedWhereItStands) {
    EXPECT_EQ(refusal("name\nAna\n\"Bo\n"), "line 3: a quote is opened here and never closed");
    EXPECT_EQ(refusal("name\nA\"na\n"),
              "line 2: a quote inside a field that is not quoted; put the whole field in quotes");
    EXPECT_EQ(refusal("name\n\"A\"na\n"),
              "line 2: text after a closing quote; a quote inside a quoted field is written twice");
    EXPECT_EQ(refusal(std::string("name\nA\0na\n", 10)), "line 2: a NUL byte; this is not a text file in UTF-8");
    EXPECT_EQ(refusal("name\n" + std::string(5000, 'x') + "\n"), "line 2: a field longer than 4096 bytes");
}

TEST(CommaSeparatedFiles, ARowWithTooFewOrTooManyFieldsSaysSo) {
    std::istringstream in("name,born\nAna\nBo,1980-01-01\nCy,1980-01-01,more\n");
    CsvReader reader(in, {"name"}, {"born"});
    reader.next();
    EXPECT_FALSE(reader.complete());
    reader.next();
    EXPECT_TRUE(reader.complete());
    reader.next();
    EXPECT_FALSE(reader.complete());
}

TEST(CommaSeparatedFiles, FilesLargerThanTheBufferAreReadWhole) {
    std::string text = "name\n";
    for (int i = 0; i < 20000; ++i)
        text += "Person " + std::to_string(i) + "\n";
    const auto all = rows(text);
    ASSERT_EQ(all.size(), 20000u);
    EXPECT_EQ(all.back().front(), "Person 19999");
}

TEST(ExportedFields, AFormulaIsShownAndNeverRunAndComesBackAsItWas) {
    for (const char* value : {"=1+1", "+1 414", "-x", "@SUM(A1)", "  =1",
                              "\xEF\xBC\x9D"
                              "1"}) {
        const std::string field = csv_field(value);
        EXPECT_NE(field.find('\''), std::string::npos) << value;
        std::string expected = value;
        while (expected.front() == ' ')
            expected.erase(0, 1);
        const auto back = rows("name\n" + field + "\n").front().front();
        EXPECT_EQ(back.substr(back.find_first_not_of(' ')), expected);
    }
    EXPECT_EQ(csv_field("O'Neil"), "O'Neil");
    EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
}

} // namespace
} // namespace peercert::exchange
