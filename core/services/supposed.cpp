#include "services/supposed.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(std::string_view phrase, const std::string& why) {
    throw Error(ErrorCode::invalid_input, "\"" + std::string(phrase) + "\": " + why);
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (true) {
        const auto start = text.find_first_not_of(' ');
        if (start == std::string_view::npos)
            return words;
        text.remove_prefix(start);
        const auto end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t until) {
    std::string text;
    for (std::size_t at = from; at < until; ++at)
        text += (at == from ? "" : " ") + words[at];
    return text;
}

std::vector<std::string> divided(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        const auto words = words_in(std::string_view(text).substr(from, end - from));
        if (!words.empty())
            parts.push_back(joined(words, 0, words.size()));
        from = end + 1;
    }
    return parts;
}

constexpr std::array<std::pair<std::string_view, EntryKind>, 12> kinds{{
    {"CE", EntryKind::ce},
    {"ce", EntryKind::ce},
    {"practice", EntryKind::practice},
    {"supervision", EntryKind::supervision},
    {"training", EntryKind::training},
    {"course", EntryKind::training},
    {"exam", EntryKind::exam},
    {"statement", EntryKind::attestation},
    {"document", EntryKind::document},
    {"fact", EntryKind::fact},
    {"activity", EntryKind::activity},
    {"decision", EntryKind::decision},
}};

bool is_number(const std::string& word) {
    return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0 &&
           word.find_first_not_of("0123456789.") == std::string::npos;
}

/// The days at the end of a phrase, cut off: "on DAY", "from DAY until DAY", "from DAY".
struct Days {
    Date first{};
    std::optional<Date> last;
};
Days take_days(std::string_view phrase, std::vector<std::string>& words) {
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (words[at] != "on" && words[at] != "from")
            continue;
        const auto first = parse_date(words[at + 1]);
        if (!first)
            continue; // "on" may be part of a name
        Days days{*first, std::nullopt};
        std::size_t end = at + 2;
        if (words[at] == "on")
            days.last = first;
        if (words[at] == "from" && end + 1 < words.size() && words[end] == "until") {
            days.last = parse_date(words[end + 1]);
            if (!days.last)
                refuse(phrase, "a day is year-month-day, like 2026-03-01, not " + words[end + 1]);
            end += 2;
        }
        if (days.last && *days.last < *first)
            refuse(phrase, "it ends before it begins");
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(at), words.begin() + static_cast<std::ptrdiff_t>(end));
        return days;
    }
    refuse(phrase, "when? end it with \"on\" and a day, like on 2026-03-01, or \"from\" a day \"until\" a day");
}

/// What follows the marker, up to the end, cut off.
std::string take_after(std::vector<std::string>& words, std::string_view first, std::string_view second) {
    for (std::size_t at = 1; at < words.size(); ++at) {
        if (words[at] != first || (!second.empty() && (at + 1 >= words.size() || words[at + 1] != second)))
            continue;
        const std::string text = joined(words, at + (second.empty() ? 1 : 2), words.size());
        words.resize(at);
        return text;
    }
    return {};
}

/// Amounts among the words, cut out and added up: "1 h 30 min", "85 %".
std::int64_t take_amount(std::string_view phrase, std::vector<std::string>& words, Unit unit) {
    std::int64_t sum = 0;
    for (std::size_t at = 1; at < words.size();) {
        if (!is_number(words[at])) {
            ++at;
            continue;
        }
        std::string text = words[at];
        std::size_t used = 1;
        if (at + 1 < words.size()) {
            text += " " + words[at + 1];
            used = 2;
        }
        const auto amount = curricula::parse_amount(text);
        if (!amount.value || amount.value->amount.unit != unit)
            refuse(phrase, unit == Unit::minutes ? "\"" + text + "\" is no length of time; write 6 h or 90 min"
                                                 : "\"" + text + "\" is no score; write 85 % or 85 points");
        sum += amount.value->amount.value;
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(at),
                    words.begin() + static_cast<std::ptrdiff_t>(at + used));
    }
    return sum;
}

void take_result(SupposedEntry& entry, std::vector<std::string>& words) {
    const auto ends = [&words](std::string_view one) { return words.size() > 1 && words.back() == one; };
    if (ends("passed") || ends("approved")) {
        entry.result = ends("passed") ? EntryResult::passed : EntryResult::approved;
        words.pop_back();
    } else if (ends("refused") || ends("pending")) {
        entry.result = ends("refused") ? EntryResult::refused : EntryResult::pending;
        words.pop_back();
    } else if (words.size() > 2 && words.back() == "yet" && words[words.size() - 2] == "not") {
        entry.result = EntryResult::not_yet;
        words.resize(words.size() - 2);
    }
}

} // namespace

SupposedEntry supposed_entry(std::string_view phrase, const KnownWords& known) {
    std::vector<std::string> words = words_in(phrase);
    if (words.empty())
        refuse(phrase, "say what, how much and when, like CE 6 h ethics on 2026-03-01");
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& one) { return one.first == words[0]; });
    if (kind == kinds.end())
        refuse(phrase, "it begins with what it is: CE, practice, supervision, training, exam, statement, document, "
                       "fact, activity or decision");
    SupposedEntry entry;
    entry.kind = kind->second;
    const Days days = take_days(phrase, words);
    entry.first_day = days.first;
    entry.last_day = days.last.value_or(entry.kind == EntryKind::fact ? no_end : days.first);
    if (entry.kind == EntryKind::fact && days.last == days.first)
        entry.last_day = no_end; // as the ledger records it: true from that day on
    entry.vouched_as = take_after(words, "vouched", "as");
    entry.provider = take_after(words, "by", "");
    entry.tags = divided(take_after(words, "as", ""));
    take_result(entry, words);
    switch (entry.kind) {
    case EntryKind::ce:
    case EntryKind::practice:
    case EntryKind::supervision:
        entry.amount = take_amount(phrase, words, Unit::minutes);
        if (entry.amount == 0)
            refuse(phrase, "how long? write 6 h or 90 min");
        for (std::string& tag : divided(joined(words, 1, words.size())))
            entry.tags.push_back(std::move(tag));
        break;
    case EntryKind::training: entry.amount = take_amount(phrase, words, Unit::minutes); break;
    case EntryKind::exam:
        entry.amount = take_amount(phrase, words, Unit::hundredths);
        if (entry.amount == 0 && entry.result == EntryResult::none)
            entry.result = EntryResult::passed;
        break;
    case EntryKind::activity: entry.amount = 1; break;
    case EntryKind::decision:
        if (entry.result == EntryResult::none)
            entry.result = EntryResult::approved;
        break;
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact:
    case EntryKind::attendance:
    case EntryKind::sign_off: break;
    }
    const bool coded =
        entry.kind != EntryKind::ce && entry.kind != EntryKind::practice && entry.kind != EntryKind::supervision;
    if (coded) {
        entry.code = joined(words, 1, words.size());
        if (entry.code.empty())
            refuse(phrase, "which one? name it as the rule calls it");
    }
    known.check_code(entry.kind, entry.code);
    if (entry.kind == EntryKind::exam)
        known.check_score(entry.code, entry.amount);
    for (const std::string& tag : entry.tags)
        known.check_tag(tag);
    if (entry.tags.size() > Tags::most)
        refuse(phrase, "an entry carries at most eight words");
    return entry;
}

SupposedTerm supposed_term(std::string_view phrase) {
    std::vector<std::string> words = words_in(phrase);
    const Days days = take_days(phrase, words);
    SupposedTerm term;
    term.first_day = days.first;
    term.last_day = days.last;
    const std::string what = joined(words, 0, words.size());
    const auto slash = what.find('/');
    term.track = slash == std::string::npos ? "" : what.substr(0, slash);
    term.level = slash == std::string::npos ? what : what.substr(slash + 1);
    if (term.level.empty())
        refuse(phrase, "which level? write TRACK/LEVEL from DAY until DAY");
    return term;
}

Entry entry_of(const SupposedEntry& supposed, std::int64_t number, Vocabulary& words, std::string_view track) {
    Entry entry;
    entry.id = EntryId{number};
    entry.kind = supposed.kind;
    entry.result = supposed.result;
    entry.first = supposed.first_day;
    entry.last = supposed.last_day;
    entry.amount = supposed.amount;
    entry.code = words.intern(supposed.code);
    entry.provider = words.intern(supposed.provider);
    for (const std::string& tag : supposed.tags)
        entry.tags.add(words.intern(tag));
    if (!supposed.vouched_as.empty()) {
        const std::string& role = supposed.vouched_as;
        entry.authority = words.intern(role.find('/') == std::string::npos ? std::string(track) + "/" + role : role);
        entry.authority_held = {supposed.first_day, supposed.last_day};
    }
    return entry;
}

namespace {

void sort_ledger(Record& record) {
    std::stable_sort(record.entries.begin(), record.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.last != b.last ? a.last < b.last : a.id < b.id; });
}

std::vector<Entry>::iterator entry_numbered(Record& record, EntryId id) {
    const auto found =
        std::find_if(record.entries.begin(), record.entries.end(), [id](const Entry& one) { return one.id == id; });
    if (found == record.entries.end())
        throw Error(ErrorCode::not_found,
                    "entry " + std::to_string(id.value()) +
                        " does not count for this person; `peercert record list` shows what does");
    return found;
}

void hold(Record& record, const SupposedTerm& term, Vocabulary& words, std::string_view track) {
    const Symbol symbol = words.intern(term.track.empty() ? track : std::string_view(term.track));
    auto holding = std::find_if(record.holdings.begin(), record.holdings.end(),
                                [symbol](const Holding& one) { return one.track == symbol; });
    if (holding == record.holdings.end()) {
        record.holdings.push_back({symbol, {}, {}});
        holding = record.holdings.end() - 1;
    }
    HeldTerm held;
    held.level = words.intern(term.level);
    held.first = term.first_day;
    held.last = term.last_day;
    auto& terms = holding->terms;
    terms.insert(std::upper_bound(terms.begin(), terms.end(), held,
                                  [](const HeldTerm& a, const HeldTerm& b) { return a.first < b.first; }),
                 held);
    int number = 0;
    for (HeldTerm& one : terms)
        one.number = ++number;
}

} // namespace

Record supposed(const Record& record, const Supposition& supposition, Vocabulary& words, std::string_view track) {
    Record would_be = record;
    for (const EntryId id : supposition.remove)
        would_be.entries.erase(entry_numbered(would_be, id));
    for (const auto& [id, day] : supposition.move) {
        Entry& entry = *entry_numbered(would_be, id);
        const int length = entry.last == no_end ? 0 : days_between(entry.first, entry.last);
        entry.first = add_days(day, -length);
        if (entry.last != no_end)
            entry.last = day;
    }
    std::int64_t number = 0;
    for (const SupposedEntry& one : supposition.add)
        would_be.entries.push_back(entry_of(one, --number, words, track));
    sort_ledger(would_be);
    if (supposition.born)
        would_be.born = supposition.born;
    for (const SupposedTerm& term : supposition.hold)
        hold(would_be, term, words, track);
    return would_be;
}

} // namespace peercert::services
