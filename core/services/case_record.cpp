#include "services/case_record.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace peercert::services {

Record record_of(const curricula::CasePerson& person, const Edition& edition, Vocabulary& words) {
    Record record;
    record.born = person.born;
    std::map<std::string, std::map<std::string, int>> numbers;
    for (const curricula::CaseHolding& term : person.holds) {
        const std::string code = term.track.empty() ? edition.code : term.track;
        const Symbol track = words.intern(code);
        auto holding = std::find_if(record.holdings.begin(), record.holdings.end(),
                                    [&](const Holding& one) { return one.track == track; });
        if (holding == record.holdings.end()) {
            record.holdings.push_back({track, {}, {}});
            holding = record.holdings.end() - 1;
        }
        int& last_number = numbers[code][term.level];
        last_number = term.number != 0 ? term.number : last_number + 1;
        holding->terms.push_back({last_number, words.intern(term.level), term.from, term.until, term.decided});
    }
    for (const curricula::LedgerLine& line : person.ledger) {
        Entry entry;
        entry.id = EntryId{line.number};
        entry.kind = line.kind;
        entry.result = line.result;
        entry.first = line.first;
        entry.last = line.last;
        entry.amount = line.amount;
        entry.code = words.intern(line.code);
        entry.provider = words.intern(line.provider);
        for (const std::string& word : line.words)
            entry.tags.add(words.intern(word));
        if (!line.by.empty()) {
            entry.authority =
                words.intern(line.by.find('/') == std::string::npos ? edition.code + "/" + line.by : line.by);
            entry.authority_held = line.by_held;
        }
        entry.session = line.session;
        entry.cohort = line.cohort;
        for (const std::string& track : line.used_by)
            record.uses.push_back({entry.id, words.intern(track), line.last});
        record.entries.push_back(entry);
    }
    std::stable_sort(record.entries.begin(), record.entries.end(), [](const Entry& left, const Entry& right) {
        return std::pair(left.last, left.id) < std::pair(right.last, right.id);
    });
    return record;
}

} // namespace peercert::services
