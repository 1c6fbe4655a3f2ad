#include <algorithm>
#include <array>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

constexpr std::array<std::pair<std::string_view, EntryKind>, 14> line_kinds{{
    {"CE", EntryKind::ce},
    {"practice", EntryKind::practice},
    {"supervision", EntryKind::supervision},
    {"training hours", EntryKind::training},
    {"attendance", EntryKind::attendance},
    {"training", EntryKind::training},
    {"statement", EntryKind::attestation},
    {"document", EntryKind::document},
    {"schooling", EntryKind::document},
    {"fact", EntryKind::fact},
    {"competency", EntryKind::sign_off},
    {"exam", EntryKind::exam},
    {"decision", EntryKind::decision},
    {"activity", EntryKind::activity},
}};

std::int64_t amount_of(Reading& reading, const Node& node, Unit unit) {
    const auto amount = reading.phrase<AmountPhrase>(node, reading.amounts());
    if (amount && amount->amount.unit != unit)
        reading.wrong(node, unit == Unit::minutes ? "hours or minutes are wanted here, like 2.5 h"
                                                  : "a score is in % or points");
    return amount ? amount->amount.value : 0;
}

void read_line_kind(Reading& reading, const Node& node, LedgerLine& line) {
    const Pair* kind = nullptr;
    for (const auto& [word, entry_kind] : line_kinds)
        if (const Pair* found = node.pair(word)) {
            if (kind != nullptr)
                reading.wrong(*found, "an entry is of one kind, and this one is \"" + kind->key + "\" already");
            kind = found;
            line.kind = entry_kind;
        }
    if (kind == nullptr) {
        std::vector<std::string_view> words;
        for (const auto& [word, entry_kind] : line_kinds)
            words.push_back(word);
        reading.wrong(node, "an entry says what it is: " + one_of(words));
        return;
    }
    const bool measured = find_word(Setting::ledger_line, kind->key)->takes == Takes::amount;
    const OwnUnit* refused = measured ? refused_unit(kind->value.text, reading.edition.units) : nullptr;
    if (refused != nullptr)
        line.words.push_back(refused->name); // by this word the rules know it and count nothing
    else if (measured)
        line.amount = amount_of(reading, kind->value, Unit::minutes);
    else
        line.code = reading.text(kind->value);
    switch (line.kind) {
    case EntryKind::exam:
        line.result = EntryResult::passed;
        if (const Node* score = node.find("score")) {
            line.amount = amount_of(reading, *score, Unit::hundredths);
            line.result = EntryResult::none;
        }
        break;
    case EntryKind::sign_off: line.result = EntryResult::shown; break;
    case EntryKind::decision: line.result = EntryResult::approved; break;
    case EntryKind::activity: line.amount = 1; break;
    case EntryKind::training:
    case EntryKind::attendance:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce:
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact: break;
    }
    if (const Node* hours = node.find("hours"))
        line.amount = amount_of(reading, *hours, Unit::minutes);
}

LedgerLine read_line(Reading& reading, const Node& node) {
    LedgerLine line;
    if (!reading.is_mapping(node, "an entry"))
        return line;
    reading.only(node, {Setting::ledger_line});
    read_line_kind(reading, node, line);
    const auto day = reading.day_at(node, "day");
    const auto from = reading.day_at(node, "from"), until = read_last_day(reading, node, "until");
    if (day ? from || until : !from || !until)
        reading.wrong(node, "an entry has a \"day\", or \"from\" and \"until\"");
    line.first = day ? *day : from.value_or(Date{});
    line.last = day ? *day : until.value_or(line.first);
    if (day && line.kind == EntryKind::fact)
        line.last = no_end; // a fact recorded with one day holds from then on
    if (line.last < line.first)
        reading.wrong(node, "this entry ends before it begins");
    if (const std::string code = reading.text_at(node, "course"); !code.empty())
        line.code = code;
    if (const std::string unit = reading.text_at(node, "unit"); !unit.empty())
        line.code = unit;
    line.provider = reading.text_at(node, "provider");
    for (std::string& word : reading.texts_at(node, "as"))
        line.words.push_back(std::move(word));
    line.used_by = reading.texts_at(node, "used by");
    if (line.words.size() > Tags::most)
        reading.wrong(node, "an entry carries at most eight words");
    line.by = reading.text_at(node, "by");
    line.by_held = {reading.day_at(node, "by from"), read_last_day(reading, node, "by until")};
    if (!line.by.empty() && node.find("by from") == nullptr && node.find("by until") == nullptr)
        line.by_held = {line.first, line.last};
    if (const std::string result = reading.choice_at(node, Setting::ledger_line, "result"); !result.empty()) {
        constexpr std::array<EntryResult, 8> results{
            EntryResult::passed,       EntryResult::not_yet,  EntryResult::no_show, EntryResult::shown,
            EntryResult::not_observed, EntryResult::approved, EntryResult::refused, EntryResult::pending};
        const auto words = split_words(find_word(Setting::ledger_line, "result")->allowed);
        line.result = results[static_cast<std::size_t>(std::find(words.begin(), words.end(), result) - words.begin())];
    }
    line.session = reading.number_at(node, "session", 1'000'000).value_or(0);
    line.cohort = reading.number_at(node, "cohort", 1'000'000).value_or(0);
    return line;
}

} // namespace

std::optional<Date> read_last_day(Reading& reading, const Node& node, std::string_view word) {
    const Node* until = node.find(word);
    return until != nullptr && until->is_text() && until->text == "no end" ? std::optional(no_end)
                                                                           : reading.day_at(node, word);
}

std::vector<LedgerLine> read_ledger(Reading& reading, const Node& node) {
    std::vector<LedgerLine> lines;
    if (!reading.is_list(node, "\"ledger\""))
        return lines;
    for (const Node& item : node.items) {
        lines.push_back(read_line(reading, item));
        lines.back().number = static_cast<int>(lines.size());
    }
    return lines;
}

} // namespace peercert::curricula
