#include "cli/output.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

#include <peercert/error.hpp>

#include "cli/style.hpp"

namespace peercert::cli {
namespace {

constexpr std::size_t hold_at_most = std::size_t{64} * 1024;
constexpr std::string_view rehearsal_says = "dry run: nothing is changed; without --dry-run the answer would be";

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? std::string_view(value) : std::string_view();
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

Terminal Terminal::of(int descriptor, bool colour_wanted) {
    Terminal terminal;
    terminal.is_terminal = ::isatty(descriptor) == 1;
    if (!terminal.is_terminal)
        return terminal;
    const std::string_view kind = environment("TERM");
    terminal.colour = colour_wanted && environment("NO_COLOR").empty() && !kind.empty() && kind != "dumb";
    winsize window{};
    if (::ioctl(descriptor, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
        terminal.width = window.ws_col;
    if (const std::string_view columns = environment("COLUMNS"); !columns.empty()) {
        std::size_t wanted = 0;
        const auto [end, problem] = std::from_chars(columns.data(), columns.data() + columns.size(), wanted);
        if (problem == std::errc{} && wanted > 0 && wanted < 10'000)
            terminal.width = wanted;
    }
    if (terminal.width < 20)
        terminal.width = 20;
    return terminal;
}

std::string styled(std::string_view text, Look look, const Terminal& terminal) {
    std::string_view code;
    switch (look) {
    case Look::plain: break;
    case Look::strong: code = "\x1b[1m"; break;
    case Look::faint: code = "\x1b[2m"; break;
    case Look::good: code = "\x1b[32m"; break;
    case Look::warning: code = "\x1b[33m"; break;
    case Look::bad: code = "\x1b[31m"; break;
    }
    if (!terminal.colour || code.empty() || text.empty())
        return std::string(text);
    return std::string(code).append(text).append("\x1b[0m");
}

Output::Output(Manner manner)
    : manner_(manner), answers_(Terminal::of(STDOUT_FILENO, manner.colour)),
      remarks_(Terminal::of(STDERR_FILENO, manner.colour)) {}

Output::~Output() { pour(); } // only when leaving by an exception: main flushes and looks at the outcome

OutputLost::OutputLost(int why)
    : Error(ErrorCode::unavailable,
            std::string("the answer could not be written to standard output: ") + std::strerror(why)),
      reader_left_(why == EPIPE) {}

void Output::pour() {
    if (!broken_ && !write_all(STDOUT_FILENO, held_)) {
        broken_ = true;
        why_broken_ = errno;
    }
    held_.clear();
}

void Output::flush() {
    pour();
    if (broken_)
        throw OutputLost(why_broken_);
}

void Output::raw(std::string_view text) {
    if (rehearsal_ && !manner_.json && !rehearsal_said_) {
        rehearsal_said_ = true;
        held_ += styled(rehearsal_says, Look::strong, answers_) + "\n";
    }
    held_ += text;
    if (held_.size() >= hold_at_most && !holds_everything_)
        flush();
}

void Output::line(std::string_view text) {
    raw(printable(text));
    raw("\n");
}

void Output::line(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces)
        raw(styled(printable(piece.text), piece.look, answers_));
    raw("\n");
}

void Output::paragraph(std::string_view text, std::size_t indent) {
    const std::string clean = printable(text);
    const std::string lead(indent, ' ');
    if (!answers_.is_terminal) {
        raw(lead + clean + "\n");
        return;
    }
    const std::size_t room = answers_.width > indent + 20 ? answers_.width - indent : 20;
    for (const std::string& each : wrapped(clean, room))
        raw(lead + each + "\n");
}

void Output::facts(const std::vector<std::pair<std::string, Piece>>& facts) {
    std::size_t widest = 0;
    for (const auto& [name, value] : facts)
        if (!value.text.empty())
            widest = std::max(widest, display_width(name));
    for (const auto& [name, value] : facts) {
        if (value.text.empty())
            continue;
        const std::string clean = printable(value.text);
        raw(styled(name, Look::faint, answers_));
        std::string lead(widest - display_width(name) + 2, ' ');
        if (!answers_.is_terminal) {
            raw(lead + clean + "\n");
            continue;
        }
        const std::size_t room = answers_.width > widest + 22 ? answers_.width - widest - 2 : 20;
        for (const std::string& each : wrapped(clean, room)) {
            raw(lead + styled(each, value.look, answers_) + "\n");
            lead.assign(widest + 2, ' ');
        }
    }
}

void Output::table(const Table& table) {
    if (table.empty())
        note("nothing to list");
    else
        raw(table.text(answers_));
}

void Output::json(const words::Json& value) {
    std::string text;
    const int indent = answers_.is_terminal ? 2 : 0;
    if (rehearsal_) {
        words::Json rehearsed = value;
        rehearsed.set("dry_run", true).append_to(text, indent);
    } else {
        value.append_to(text, indent);
    }
    raw(text + "\n");
}

void Output::json_text(std::string_view text) {
    raw(text);
    raw("\n");
}

void Output::remark(std::string_view lead, Look look, std::string_view text) {
    if (!holds_everything_)
        pour(); // keeps answers and remarks in order on one screen
    std::string out = styled(lead, look, remarks_);
    if (remarks_.is_terminal) {
        const std::string clean = printable(text);
        const std::size_t indent = display_width(lead);
        const std::size_t room = remarks_.width > indent + 20 ? remarks_.width - indent : 20;
        bool first = true;
        for (const std::string& each : wrapped(clean, room)) {
            out += first ? "" : std::string(indent, ' ');
            out += each + "\n";
            first = false;
        }
    } else {
        out += printable(text) + "\n";
    }
    write_all(STDERR_FILENO, out);
}

void Output::note(std::string_view text) {
    if (!manner_.quiet)
        remark("", Look::plain, text);
}

void Output::warning(std::string_view text) { remark("note: ", Look::warning, text); }

void Output::failure(std::string_view word, int exit_code, std::string_view sentence, std::string_view hint) {
    if (manner_.json) {
        auto problem = words::Json::object().set("code", word).set("exit", exit_code).set("message", sentence);
        if (!hint.empty())
            problem.set("hint", hint);
        const std::string text = words::Json::object().set("error", std::move(problem)).text() + "\n";
        write_all(STDERR_FILENO, text);
        return;
    }
    remark("peercert: ", Look::bad, sentence);
    if (!hint.empty())
        remark("          ", Look::plain, hint);
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return grouped(number) + ' ' + std::string(number == 1 ? one : many);
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

Progress::Progress(const Output& output, std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total),
      shown_wanted_(output.remarks().is_terminal && !output.is_quiet() && !output.is_json()),
      width_(output.remarks().width) {
    if (shown_wanted_) {
        started_ms_ = steady_ms();
        next_ms_ = started_ms_ + 1000;
    }
}

Progress::~Progress() {
    if (on_screen_)
        write_all(STDERR_FILENO, "\r" + std::string(width_ - 1, ' ') + "\r");
}

void Progress::at(std::uint64_t done) {
    if (!shown_wanted_)
        return;
    const std::int64_t now = steady_ms();
    if (now < next_ms_)
        return;
    next_ms_ = now + 200;
    show(done, now - started_ms_);
}

std::string progress_text(std::string_view what, std::uint64_t done, std::uint64_t total, std::uint64_t elapsed_ms) {
    const std::uint64_t elapsed = std::max<std::uint64_t>(elapsed_ms, 1);
    std::string text = grouped(done);
    if (total > 0)
        text += " of " + grouped(total);
    text.append(" ").append(what).append(", ") += grouped(done * 1000 / elapsed) + " a second";
    if (total > done && done > 0) {
        const std::uint64_t seconds = ((total - done) * elapsed / done + 999) / 1000;
        const std::string rest = std::to_string(seconds % 60);
        text += ", " + std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest + " left";
    }
    return text;
}

void Progress::show(std::uint64_t done, std::int64_t elapsed_ms) {
    std::string text = progress_text(what_, done, total_, static_cast<std::uint64_t>(elapsed_ms));
    if (text.size() >= width_)
        text.resize(width_ - 1);
    text.append(width_ - 1 - text.size(), ' ');
    write_all(STDERR_FILENO, "\r" + text);
    on_screen_ = true;
}

} // namespace peercert::cli
