#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/error.hpp>

#include "words/json.hpp"

/// Where answers go. Standard output holds the answer and nothing else; everything said about the run goes to standard
/// error. Whatever comes from data passes `printable`, so no record can move a reader's cursor or hide text.
namespace peercert::cli {

/// Colour is only ever an addition to words: nothing is said by colour alone.
enum class Look { plain, strong, faint, good, warning, bad };

struct Piece {
    std::string text;
    Look look{Look::plain};
};

/// Control characters, bidirectional overrides and bytes that are not UTF-8, made visible (`\x1b`, `\u202e`). Newlines
/// too.
std::string printable(std::string_view text);
/// Columns a terminal needs for the text: wide characters two, combining ones none. `text` must be printable.
std::size_t display_width(std::string_view text);
/// Breaks into lines of at most `width` columns at blanks; a longer word is broken where it must.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// What is known about a stream before anything is written.
struct Terminal {
    bool is_terminal{false};
    bool colour{false};
    std::size_t width{80};
    /// Honours NO_COLOR, TERM=dumb, COLUMNS and the window's size.
    static Terminal of(int descriptor, bool colour_wanted = true);
};

/// Rows under headings. On a terminal aligned to its width, long cells wrapped; otherwise one row a line, cells divided
/// by a tab, no headings, so that cut, sort and awk can read it.
class Table {
public:
    enum class Align { left, right };
    struct Column {
        std::string heading;
        Align align{Align::left};
    };
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<Piece> cells);
    bool empty() const { return rows_.empty(); }
    std::string text(const Terminal& terminal) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<Piece>> rows_;
};

/// Standard output cannot take the answer.
class OutputLost : public Error {
public:
    explicit OutputLost(int why);
    /// Whoever read it has closed the pipe and wants no more.
    bool reader_left() const noexcept { return reader_left_; }

private:
    bool reader_left_;
};

class Output {
public:
    struct Manner {
        bool json{false};
        bool quiet{false};
        bool colour{true};
    };
    explicit Output(Manner manner);
    ~Output();

    /// From now on nothing is written before `flush`: a writing command whose answer cannot be printed must not be
    /// mistaken for one that failed.
    void hold_everything() { holds_everything_ = true; }
    /// Says with the answer that it is a rehearsal: as the first line, also with --quiet, or as a member of the object.
    void rehearse() { rehearsal_ = true; }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    bool is_json() const { return manner_.json; }
    bool is_quiet() const { return manner_.quiet; }

    /// One line of the answer.
    void line(std::string_view text = {});
    void line(const std::vector<Piece>& pieces);
    /// Wrapped to the terminal's width, not wrapped when piped. `indent` columns before each line.
    void paragraph(std::string_view text, std::size_t indent = 0);
    /// Names and values, aligned: `born   1980-02-29`. Empty values are left out.
    void facts(const std::vector<std::pair<std::string, Piece>>& facts);
    void table(const Table& table);
    /// The answer under --json: one line; indented on a terminal.
    void json(const words::Json& value);
    /// JSON already written by core/words, one line.
    void json_text(std::string_view text);
    /// Text of our own that is not for reading (completion script, man page): as it is.
    void raw(std::string_view text);

    /// On standard error, unless --quiet.
    void note(std::string_view text);
    /// On standard error, also with --quiet.
    void warning(std::string_view text);
    /// `peercert: sentence`, and a second line with the hint. Under --json one object on standard error.
    void failure(std::string_view word, int exit_code, std::string_view sentence, std::string_view hint = {});

    /// Writes out what is held back. Throws OutputLost if standard output cannot take it (full disk, closed pipe).
    void flush();

    const Terminal& answers() const { return answers_; }
    const Terminal& remarks() const { return remarks_; }

private:
    void pour();
    void remark(std::string_view lead, Look look, std::string_view text);

    Manner manner_;
    Terminal answers_; ///< standard output
    Terminal remarks_; ///< standard error
    std::string held_;
    bool broken_{false}; ///< standard output refused something
    int why_broken_{0};  ///< errno
    bool holds_everything_{false};
    bool rehearsal_{false};
    bool rehearsal_said_{false};
};

/// How far long work has come, with rate and remaining time, on standard error: only on a terminal, only after the work
/// has run for a second, never with --quiet or --json. Calls are cheap; it looks at the clock every so often.
class Progress {
public:
    /// `what` in the plural ("people"); `total` 0 when it is not known.
    Progress(const Output& output, std::string what, std::uint64_t total);
    ~Progress(); ///< wipes the line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void at(std::uint64_t done);

private:
    void show(std::uint64_t done, std::int64_t elapsed_ms);

    std::string what_;
    std::uint64_t total_;
    bool shown_wanted_;
    bool on_screen_{false};
    std::size_t width_;
    std::int64_t started_ms_{0};
    std::int64_t next_ms_{0};
};

/// `300 of 12,300 people, 150 a second, 1:20 left`; the total and the rest are left out where they are not known.
std::string progress_text(std::string_view what, std::uint64_t done, std::uint64_t total, std::uint64_t elapsed_ms);

/// `12,300`
std::string grouped(std::uint64_t number);
/// "1 row", "1,200 rows".
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

} // namespace peercert::cli
