#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peercert::exchange {

/// Reads comma-separated files strictly (RFC 4180; UTF-8, a byte order mark is allowed; LF or CR LF) in one pass with
/// flat memory. Semicolons and tabs separate as well as commas do, since half of the world's spreadsheets write them:
/// whichever comes first in the header separates the whole file. A leading apostrophe that our own export put before
/// = + - @ is removed again.
class CsvReader {
public:
    static constexpr std::size_t most_field_bytes = 4096;
    static constexpr std::size_t most_columns = 64;
    /// What comes in at once is stored at once, or not at all: nobody else can write meanwhile.
    static constexpr std::size_t most_rows = 1'000'000;

    /// Reads the header, from where `input` stands. Throws Error{invalid_input} when the file is empty or not UTF-8
    /// text, or when a column of `required` is missing, one is unknown (with the nearest known name) or stands twice.
    /// `input` must outlive the reader.
    CsvReader(std::istream& input, const std::vector<std::string_view>& required,
              const std::vector<std::string_view>& optional);

    /// What a file's own columns mean: its name of a column, ours. With any, columns of the file that are neither named
    /// here nor ours are passed over (`passed_over`), since files of other programs have many; a name here that the
    /// file does not have, or that means no column of ours, throws Error{invalid_input}.
    using Names = std::vector<std::pair<std::string, std::string>>;
    CsvReader(std::istream& input, const std::vector<std::string_view>& required,
              const std::vector<std::string_view>& optional, const Names& names);
    const std::vector<std::string>& passed_over() const { return passed_over_; }

    /// The next row, good or not; false at the end. Blank lines are skipped and not counted. Throws Error{unavailable}
    /// when the file cannot be read, Error{invalid_input} when it has more than most_rows.
    bool next();

    /// What is wrong with the present row as a row: broken quoting, NUL, a field that is too long, another number of
    /// fields than the header; empty if nothing is. Its fields then mean nothing. Reading goes on at the line after
    /// the one the row begins on, so that one missing quote hides no other row; the sentence says so.
    const std::string& fault() const { return fault_; }
    /// What separates the fields of this file: a comma, a semicolon or a tab.
    char separator() const { return separator_; }

    /// The line the present row begins on, 1 is the header.
    std::size_t line() const { return row_line_; }
    std::size_t fields() const { return count_; }
    std::size_t columns() const { return columns_.size(); }
    /// Whether the file has that column at all.
    bool has(std::string_view column) const;
    /// The field of that column in the present row, trimmed of blanks; empty if the file has no such column. Valid
    /// until the next row.
    std::string_view field(std::string_view column) const;
    /// The same by position in the header; columns are looked up once with `index`.
    std::string_view at(std::size_t index) const;
    /// Position of a column, or npos.
    std::size_t index(std::string_view column) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    /// Bytes read so far: for a progress bar.
    std::size_t bytes_read() const { return consumed_before_ + at_; }

private:
    void begin();
    void read_header(const std::vector<std::string_view>& required, const std::vector<std::string_view>& optional,
                     const Names& names);
    int peek();
    int take();
    bool read_row();
    void read_on();
    void take_plain(std::string& field);
    void read_quoted(std::string& field);

    std::istream& input_;
    std::istream::pos_type start_; ///< of the file in `input_`; -1 if it cannot be read again
    char separator_{','};
    std::array<bool, 256> plain_{}; ///< bytes that mean nothing but themselves
    std::vector<char> buffer_;
    std::size_t at_{0};
    std::size_t end_{0};
    std::size_t consumed_before_{0};
    std::size_t line_{1};
    std::size_t row_line_{1};
    std::size_t second_line_{0}; ///< where the line after the row's first begins, in bytes; 0: not reached yet
    std::string fault_;
    std::vector<std::string> columns_;     ///< of ours; empty: passed over
    std::vector<std::string> passed_over_; ///< in the file's words
    std::vector<std::string> row_;         ///< kept between rows so that fields are not allocated again
    std::size_t count_{0};
    std::size_t rows_{0}; ///< read so far
};

/// One field for an exported file: quoted when it must be, and with a leading apostrophe when a spreadsheet would take
/// it for a formula.
std::string csv_field(std::string_view value);

} // namespace peercert::exchange
