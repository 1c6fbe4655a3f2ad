#include "exchange/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

/// Every row that is wrong, as `line: what`.
std::vector<std::string> faults(const std::string& text, std::size_t* good = nullptr) {
    std::istringstream in(text);
    CsvReader reader(in, {"name"}, {"born", "email"});
    std::vector<std::string> all;
    while (reader.next())
        if (!reader.fault().empty())
            all.push_back(std::to_string(reader.line()) + ": " + reader.fault());
        else if (good)
            ++*good;
    return all;
}

using Faults = std::vector<std::string>;

TEST(CommaSeparatedFiles, BrokenQuotingIsNamedWhereItStands) {
    EXPECT_EQ(faults("name\nA\"na\n"), (Faults{"2: a quote inside a field that is not quoted; put the whole field in "
                                               "quotes; reading went on at line 3"}));
    EXPECT_EQ(faults("name\n\"A\"na\n"), (Faults{"2: text after a closing quote; a quote inside a quoted field is "
                                                 "written twice; reading went on at line 3"}));
    EXPECT_EQ(faults(std::string("name\nA\0na\n", 10)),
              (Faults{"2: a NUL byte; this is not a text file in UTF-8; reading went on at line 3"}));
    EXPECT_EQ(faults("name\n" + std::string(4096, 'x') + "\n"), (Faults{}));
    EXPECT_EQ(faults("name\n" + std::string(4097, 'x') + "\n"),
              (Faults{"2: a field longer than 4096 bytes; reading went on at line 3"}));
    EXPECT_EQ(faults("name\nA\rB\n"), (Faults{"2: a carriage return inside a line; reading went on at line 3"}));
    EXPECT_EQ(faults("name\n" + std::string(63, ',') + "\n"), (Faults{"2: the row has 64 fields, the header 1"}));
    EXPECT_EQ(faults("name\n" + std::string(64, ',') + "\n"),
              (Faults{"2: more than 64 fields; reading went on at line 3"}));
}

TEST(CommaSeparatedFiles, AQuoteThatIsNeverClosedHidesNoRowBehindIt) {
    std::size_t good = 0;
    EXPECT_EQ(
        faults("name,born\nAna,\n\"Bo,\nCy\"z,\nDee,\nEli,,\n", &good),
        (Faults{"3: text after a closing quote; a quote inside a quoted field is written twice, in line 4; reading "
                "went on at line 4",
                "4: a quote inside a field that is not quoted; put the whole field in quotes; reading went on at "
                "line 5",
                "6: the row has 3 fields, the header 2"}));
    EXPECT_EQ(good, 2u) << "Ana and Dee";
    EXPECT_EQ(faults("name\nAna\n\"Bo\nCy\n", &(good = 0)),
              (Faults{"3: a quote is opened here and never closed; reading went on at line 4"}));
    EXPECT_EQ(good, 2u) << "Ana and Cy";
}

TEST(CommaSeparatedFiles, WhatAQuoteSwallowedIsReadAgainAlsoAcrossTheBuffer) {
    // The quote opens just before the reader's buffer ends, so that its row's second line has left it.
    for (const std::size_t before : {65530u, 65536u, 65600u}) {
        std::string text = "name\n";
        while (text.size() + 8 < before)
            text += "Person\n";
        text += std::string(before - text.size() - 1, 'y') + "\n\"open\n";
        const std::size_t rows_before = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) - 2;
        for (int i = 0; i < 1000; ++i)
            text += "Person " + std::to_string(i) + "\n";
        std::size_t good = 0;
        const auto all = faults(text, &good);
        ASSERT_EQ(all.size(), 1u) << before;
        EXPECT_NE(all[0].find("not closed within 4096 bytes"), std::string::npos) << all[0];
        EXPECT_EQ(good, rows_before + 1000) << before;
    }
}

TEST(CommaSeparatedFiles, SemicolonsAndTabsSeparateWhenTheHeaderDoes) {
    EXPECT_EQ(rows("name;born\nAna, the first;1980-03-15\n\"Ruiz; Bo\";\n"),
              (Rows{{"Ana, the first", "1980-03-15"}, {"Ruiz; Bo", ""}}));
    EXPECT_EQ(rows("\xEF\xBB\xBF\r\nname\tborn\temail\r\nAna\t\t\r\n"), (Rows{{"Ana", "", ""}}));
    EXPECT_EQ(rows("name\nAna;Ruiz\tx\n"), (Rows{{"Ana;Ruiz\tx"}})) << "one column needs no separator";
    EXPECT_EQ(refusal("name;born,email\n"), "line 1: unknown column \"born,email\"; columns are name, born, email");
}

TEST(CommaSeparatedFiles, AFileThatIsEmptyOrNotUtf8SaysSo) {
    for (const char* empty : {"", "\xEF\xBB\xBF", "\n\r\n\n"})
        EXPECT_EQ(refusal(empty), "the file is empty; its first line must name the columns: name");
    EXPECT_EQ(refusal(std::string("\xFF\xFEn\0a\0m\0e\0", 10)),
              "the file is UTF-16 text; save it again as \"CSV UTF-8\", which every spreadsheet offers");
    EXPECT_EQ(refusal(std::string("na\0me\n", 6)), "line 1: a NUL byte; this is not a text file in UTF-8");
}

TEST(CommaSeparatedFiles, ARowWithTooFewOrTooManyFieldsSaysSo) {
    EXPECT_EQ(faults("name,born\nAna\nBo,1980-01-01\nCy,1980-01-01,more\n"),
              (Faults{"2: the row has 1 field, the header 2", "4: the row has 3 fields, the header 2"}));
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

TEST(CommaSeparatedFiles, WhateverIsWrittenIsReadAsItWas) {
    for (const std::string value :
         {"=1+1", "'=1+1", "''=1+1", "'", "''", "'quoted'", "-5", "'-5", "@home", "O'Neil", "'t Hooft",
          "\xEF\xBC\x9D"
          "1",
          "a,b", "a\"b", "a\nb", "'+\"x\", y"}) {
        const Rows read = rows("name,born\n" + csv_field(value) + ",x\n");
        ASSERT_EQ(read.size(), 1U) << value;
        EXPECT_EQ(read[0][0], value);
        EXPECT_EQ(std::string("=+-@").find(csv_field(value)[0]), std::string::npos) << value;
    }
}

std::string mapped(const std::string& text, const CsvReader::Names& names) {
    try {
        std::istringstream in(text);
        CsvReader reader(in, {"name"}, {"born", "email"}, names);
        std::string all;
        while (reader.next())
            all += std::string(reader.field("name")) + "|" + std::string(reader.field("born")) + "|" +
                   std::string(reader.field("email")) + "\n";
        for (const std::string& one : reader.passed_over())
            all += "over " + one + "\n";
        return all;
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(CommaSeparatedFiles, ColumnsOfOtherProgramsAreCalledByTheirOwnNames) {
    EXPECT_EQ(mapped("ID;Full name;DOB;email\n7;Ana Ruiz;1980-03-15;a@example.org\n",
                     {{"Full name", "name"}, {"DOB", "born"}}),
              "Ana Ruiz|1980-03-15|a@example.org\nover ID\n");
    EXPECT_EQ(mapped("\"Last, first\";DOB\n\"Ruiz, Ana\";1980-03-15\n", {{"Last, first", "name"}, {"DOB", "born"}}),
              "Ruiz, Ana|1980-03-15|\n");
}

TEST(CommaSeparatedFiles, ColumnsThatAreNamedWronglyAreRefused) {
    EXPECT_EQ(mapped("Full name,DOB\nx,y\n", {{"Fullname", "name"}}),
              "line 1: the file has no column \"Fullname\", which is to be \"name\"; is it another kind of file?");
    EXPECT_EQ(mapped("Full name\nx\n", {{"Full name", "nam"}}),
              "\"Full name\" is to be \"nam\", which is no column here; did you mean \"name\"?");
    EXPECT_EQ(mapped("name,Full name\nx,y\n", {{"Full name", "name"}}),
              "line 1: the column \"name\" stands twice, once as \"Full name\"");
    EXPECT_EQ(mapped("DOB\nx\n", {{"DOB", "born"}}),
              "line 1: the column \"name\" is missing; the first line must name name");
}

} // namespace
} // namespace peercert::exchange
