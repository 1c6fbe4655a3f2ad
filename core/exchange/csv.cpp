#include "exchange/csv.hpp"

#include <algorithm>
#include <array>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

namespace peercert::exchange {

namespace {

constexpr int end_of_file = -1;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void refuse(std::size_t line, const std::string& what) {
    throw Error(ErrorCode::invalid_input, "line " + std::to_string(line) + ": " + what);
}

/// A row that cannot be split into fields; never leaves this file.
struct BrokenRow {
    std::size_t line; ///< where it was noticed
    std::string what;
};

[[noreturn]] void broken(std::size_t line, const std::string& what) { throw BrokenRow{line, what}; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// What a spreadsheet would run instead of showing: also the full-width forms of = + - @.
bool starts_a_formula(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    if (text.empty())
        return false;
    if (std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos || text.front() == '\0')
        return true;
    for (const std::string_view wide : {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"})
        if (text.starts_with(wide))
            return true;
    return false;
}

/// Whether one apostrophe too many stands before it, or has to: before a formula, and before what would otherwise look
/// as if ours stood there, so that whatever is written is read as it was.
bool wants_apostrophe(std::string_view text) {
    while (text.size() > 1 && text.front() == '\'')
        text.remove_prefix(1);
    return starts_a_formula(text);
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words)
        text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

} // namespace

CsvReader::CsvReader(std::istream& input, const std::vector<std::string_view>& required,
                     const std::vector<std::string_view>& optional)
    : CsvReader(input, required, optional, {}) {}

CsvReader::CsvReader(std::istream& input, const std::vector<std::string_view>& required,
                     const std::vector<std::string_view>& optional, const Names& names)
    : input_(input), start_(input.tellg()), buffer_(1 << 16) {
    begin();
    read_header(required, optional, names);
}

void CsvReader::read_header(const std::vector<std::string_view>& required,
                            const std::vector<std::string_view>& optional, const Names& names) {
    bool any = false;
    try {
        while ((any = read_row()) && count_ == 1 && trimmed(row_[0]).empty()) {
        }
    } catch (const BrokenRow& row) {
        refuse(row.line, row.what);
    }
    if (!any)
        throw Error(ErrorCode::invalid_input,
                    "the file is empty; its first line must name the columns: " + joined(required));
    std::vector<std::string_view> known = required;
    known.insert(known.end(), optional.begin(), optional.end());
    const auto is_ours = [&](std::string_view name) {
        return std::find(known.begin(), known.end(), name) != known.end();
    };
    for (const auto& [theirs, ours] : names)
        if (!is_ours(ours)) {
            const std::string near = nearest(ours, known);
            throw Error(ErrorCode::invalid_input,
                        "\"" + theirs + "\" is to be \"" + ours + "\", which is no column here" +
                            (near.empty() ? "; columns are " + joined(known) : "; did you mean \"" + near + "\"?"));
        }
    std::vector<bool> found(names.size(), false);
    for (std::size_t i = 0; i < count_; ++i) {
        const std::string_view typed = trimmed(row_[i]);
        std::string name(typed);
        bool named = false;
        for (std::size_t j = 0; j < names.size(); ++j)
            if (names[j].first == typed) {
                name = names[j].second;
                named = found[j] = true;
            }
        if (!is_ours(name)) {
            if (!names.empty()) {
                passed_over_.push_back(name);
                columns_.emplace_back();
                continue;
            }
            const std::string near = nearest(name, known);
            refuse(row_line_,
                   "unknown column \"" + name + "\"" +
                       (near.empty() ? "; columns are " + joined(known) : "; did you mean \"" + near + "\"?"));
        }
        if (index(name) != npos)
            refuse(row_line_, "the column \"" + name + "\" stands twice" +
                                  (named ? ", once as \"" + std::string(typed) + "\"" : ""));
        columns_.push_back(std::move(name));
    }
    for (std::size_t j = 0; j < names.size(); ++j)
        if (!found[j])
            refuse(row_line_, "the file has no column \"" + names[j].first + "\", which is to be \"" + names[j].second +
                                  "\"; is it another kind of file?");
    for (const std::string_view name : required)
        if (index(name) == npos)
            refuse(row_line_,
                   "the column \"" + std::string(name) + "\" is missing; the first line must name " + joined(required));
}

/// Looks at the first bytes: what kind of text it is, and what separates its fields: whichever of the three comes first
/// in the header outside quotes.
void CsvReader::begin() {
    peek();
    const std::string_view first(buffer_.data(), end_);
    if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF"))
        throw Error(ErrorCode::invalid_input,
                    "the file is UTF-16 text; save it again as \"CSV UTF-8\", which every spreadsheet offers");
    if (first.starts_with(byte_order_mark))
        at_ = byte_order_mark.size();
    const std::string_view text = first.substr(at_);
    const std::size_t header = text.find_first_not_of("\r\n");
    if (header != std::string_view::npos)
        for (bool in_quotes = false; const char c : text.substr(header, text.find('\n', header) - header)) {
            in_quotes = in_quotes != (c == '"');
            if (!in_quotes && (c == ',' || c == ';' || c == '\t')) {
                separator_ = c;
                break;
            }
        }
    plain_.fill(true);
    for (const char c : {'\0', '\n', '\r', '"', separator_})
        plain_[static_cast<unsigned char>(c)] = false;
}

bool CsvReader::next() {
    while (true) {
        fault_.clear();
        try {
            if (!read_row())
                return false;
            if (count_ == 1 && row_[0].empty())
                continue;
            if (count_ != columns_.size())
                fault_ = "the row has " + std::to_string(count_) + (count_ == 1 ? " field" : " fields") +
                         ", the header " + std::to_string(columns_.size());
        } catch (const BrokenRow& row) {
            read_on();
            fault_ = row.what + (row.line == row_line_ ? "" : ", in line " + std::to_string(row.line)) +
                     "; reading went on at line " + std::to_string(line_);
        }
        if (++rows_ > most_rows)
            throw Error(ErrorCode::invalid_input, "a file holds at most " + std::to_string(most_rows) +
                                                      " rows; divide it and bring in one part after the other");
        return true;
    }
}

/// To the line after the one the row begins on, back if need be: what an unclosed quote swallowed are rows too.
void CsvReader::read_on() {
    count_ = 0;
    if (second_line_ >= consumed_before_ && second_line_ > 0) {
        at_ = second_line_ - consumed_before_;
        line_ = row_line_ + 1;
        return;
    }
    if (second_line_ > 0 && start_ != std::istream::pos_type(-1)) {
        input_.clear();
        input_.seekg(start_ + static_cast<std::istream::off_type>(second_line_));
        if (!input_)
            throw Error(ErrorCode::unavailable, "the file could not be read a second time");
        consumed_before_ = second_line_;
        at_ = end_ = 0;
        line_ = row_line_ + 1;
        return;
    }
    while (peek() != end_of_file) {
        const std::string_view rest(buffer_.data() + at_, end_ - at_);
        const std::size_t newline = rest.find('\n');
        at_ = newline == std::string_view::npos ? end_ : at_ + newline + 1;
        if (newline == std::string_view::npos)
            continue;
        ++line_;
        return;
    }
}

bool CsvReader::has(std::string_view column) const { return index(column) != npos; }

std::size_t CsvReader::index(std::string_view column) const {
    if (column.empty())
        return npos;
    const auto found = std::find(columns_.begin(), columns_.end(), column);
    return found == columns_.end() ? npos : static_cast<std::size_t>(found - columns_.begin());
}

std::string_view CsvReader::field(std::string_view column) const { return at(index(column)); }

std::string_view CsvReader::at(std::size_t index) const {
    if (index >= count_)
        return {};
    std::string_view value = trimmed(row_[index]);
    if (value.size() > 1 && value.front() == '\'' && wants_apostrophe(value.substr(1)))
        value.remove_prefix(1);
    return value;
}

int CsvReader::peek() {
    if (at_ == end_) {
        consumed_before_ += end_;
        input_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        end_ = static_cast<std::size_t>(input_.gcount());
        at_ = 0;
        if (end_ == 0) {
            if (input_.bad())
                throw Error(ErrorCode::unavailable, "the file could not be read to its end");
            return end_of_file;
        }
    }
    return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::take() {
    const int c = peek();
    if (c == end_of_file)
        return c;
    ++at_;
    if (c == '\n') {
        ++line_;
        if (second_line_ == 0)
            second_line_ = consumed_before_ + at_;
    }
    if (c == '\0')
        broken(line_, "a NUL byte; this is not a text file in UTF-8");
    return c;
}

/// What lies in the buffer up to the next byte that may mean something.
void CsvReader::take_plain(std::string& field) {
    std::size_t end = at_;
    while (end < end_ && plain_[static_cast<unsigned char>(buffer_[end])])
        ++end;
    field.append(buffer_.data() + at_, end - at_);
    at_ = end;
}

bool CsvReader::read_row() {
    if (peek() == end_of_file)
        return false;
    row_line_ = line_;
    second_line_ = 0;
    count_ = 0;
    while (true) {
        if (count_ == most_columns)
            broken(row_line_, "more than " + std::to_string(most_columns) + " fields");
        if (count_ == row_.size())
            row_.emplace_back();
        std::string& field = row_[count_++];
        field.clear();
        int c = take();
        if (c == '"') {
            read_quoted(field);
            c = take();
            if (c != separator_ && c != '\n' && c != '\r' && c != end_of_file)
                broken(line_, "text after a closing quote; a quote inside a quoted field is written twice");
        } else {
            while (c != separator_ && c != '\n' && c != '\r' && c != end_of_file) {
                if (c == '"')
                    broken(line_, "a quote inside a field that is not quoted; put the whole field in quotes");
                field.push_back(static_cast<char>(c));
                take_plain(field);
                if (field.size() > most_field_bytes)
                    broken(line_, "a field longer than " + std::to_string(most_field_bytes) + " bytes");
                c = take();
            }
        }
        if (c == '\r' && take() != '\n')
            broken(line_, "a carriage return inside a line");
        if (c != separator_)
            return true;
    }
}

void CsvReader::read_quoted(std::string& field) {
    const std::size_t opened = line_;
    while (true) {
        const int c = take();
        if (c == end_of_file)
            broken(opened, "a quote is opened here and never closed");
        if (c == '"') {
            if (peek() != '"')
                return;
            take();
        }
        if (field.size() == most_field_bytes)
            broken(opened, "a quote is opened here and not closed within " + std::to_string(most_field_bytes) +
                               " bytes; is the closing quote missing?");
        field.push_back(static_cast<char>(c));
    }
}

std::string csv_field(std::string_view value) {
    std::string text = wants_apostrophe(value) ? "'" + std::string(value) : std::string(value);
    if (text.find_first_of(",\"\r\n") == std::string::npos &&
        (text.empty() || (text.front() != ' ' && text.back() != ' ')))
        return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace peercert::exchange
