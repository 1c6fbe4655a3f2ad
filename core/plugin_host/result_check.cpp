#include "plugin_host/result_check.hpp"

#include <algorithm>
#include <vector>

namespace peercert::plugin_host {

namespace {

constexpr std::size_t longest_text = 300;
constexpr int deepest = 6;
constexpr std::size_t most_parts = 500;

/// Length of the UTF-8 sequence at the start, 0 when there is none (overlong, surrogate, cut off).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t at = 1; at < length; ++at)
        if ((byte(at) & 0xC0) != 0x80)
            return 0;
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool surrogate = first == 0xED && byte(1) >= 0xA0;
    const bool beyond = first == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }

bool is_fit(std::string_view text) {
    if (text.size() > longest_text)
        return false;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0 || is_control(text.front()))
            return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_day(Date day) {
    return day.ok() && static_cast<int>(day.year()) >= first_year && static_cast<int>(day.year()) <= last_year;
}

template <class Enum>
bool is_one_of(Enum value, Enum last) {
    return static_cast<unsigned>(value) <= static_cast<unsigned>(last);
}

/// Ids of a record, sorted once and only when an answer names entries.
class KnownEntries {
public:
    explicit KnownEntries(const Record& record) : record_(record) {}
    bool has(EntryId id) {
        if (ids_.empty()) {
            for (const Entry& entry : record_.entries)
                ids_.push_back(entry.id);
            std::sort(ids_.begin(), ids_.end());
        }
        return std::binary_search(ids_.begin(), ids_.end(), id);
    }

private:
    const Record& record_;
    std::vector<EntryId> ids_;
};

class Check {
public:
    explicit Check(const Record& record) : known_(record) {}

    std::optional<std::string> finding(const Finding& one, int depth) {
        if (depth > deepest || ++parts_ > most_parts)
            return "a tree of findings too deep or too large to be meant";
        const std::uint8_t bits = one.verdict.bits();
        if (bits == 0 || bits > (Verdict::met_bit | Verdict::unmet_bit | Verdict::not_applicable_bit))
            return "a verdict that is none of the possible ones";
        if (one.source)
            return "a source of its own; sources stand in the edition";
        if (auto wrong = amounts(one))
            return wrong;
        if (auto wrong = entries(one))
            return wrong;
        if (auto wrong = texts(one))
            return wrong;
        if (auto wrong = days(one))
            return wrong;
        for (const Finding& part : one.parts)
            if (auto wrong = finding(part, depth + 1))
                return wrong;
        return std::nullopt;
    }

private:
    static std::optional<std::string> amounts(const Finding& one) {
        if (!is_one_of(one.unit, Unit::none) || !is_one_of(one.next.unit, Unit::none) ||
            !is_one_of(one.next.kind, NextStep::Kind::start_again))
            return "a unit or next step that does not exist";
        if (one.have.value_or(0) < 0 || one.need.value_or(0) < 0 || one.next.amount < 0)
            return "an amount below nothing";
        if (one.have && one.have_most && *one.have_most < *one.have)
            return "a best amount that is less than the settled one";
        return std::nullopt;
    }

    std::optional<std::string> entries(const Finding& one) {
        for (const UsedEntry& used : one.used)
            if (!known_.has(used.entry) || used.counted < 0 || used.counted > used.of)
                return "a used entry that is not this person's, or counted beyond what it is worth";
        for (const RefusedEntry& refused : one.refused)
            if (!known_.has(refused.entry) || !is_one_of(refused.reason, RefusalReason::used_elsewhere))
                return "a refused entry that is not this person's, or a reason that does not exist";
        return std::nullopt;
    }

    static std::optional<std::string> texts(const Finding& one) {
        bool fit = is_fit(one.clause) && is_fit(one.kind) && is_fit(one.note) && is_fit(one.open_because) &&
                   is_fit(one.next.what);
        for (const UsedEntry& used : one.used)
            fit = fit && is_fit(used.part);
        for (const RefusedEntry& refused : one.refused)
            fit = fit && is_fit(refused.detail);
        for (const AnchorDay& anchor : one.anchors)
            fit = fit && is_fit(anchor.name);
        if (!fit)
            return "a text that is too long, not UTF-8, or holds control characters";
        return std::nullopt;
    }

    static std::optional<std::string> days(const Finding& one) {
        bool exist = (!one.holds_until || is_day(*one.holds_until)) && (!one.next.day || is_day(*one.next.day));
        for (const AnchorDay& anchor : one.anchors)
            exist = exist && is_day(anchor.day);
        if (!exist)
            return "a day that does not exist";
        return std::nullopt;
    }

    KnownEntries known_;
    std::size_t parts_{0};
};

} // namespace

std::optional<std::string> what_is_wrong(const Finding& answer, const Record& record) {
    return Check(record).finding(answer, 1);
}

std::optional<std::string> what_is_wrong(Date last_day, const TermQuestion& question) {
    if (!is_day(last_day))
        return "a day that does not exist";
    if (last_day < question.issued)
        return "a last day (" + to_text(last_day) + ") before the term's first (" + to_text(question.issued) + ")";
    return std::nullopt;
}

std::string made_printable(std::string_view text) {
    std::string clean;
    while (!text.empty() && clean.size() < longest_text - 4) {
        const std::size_t length = sequence_length(text);
        if (length == 0 || is_control(text.front()))
            clean += '?';
        else
            clean += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

} // namespace peercert::plugin_host
