#include "components.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

namespace peercert::wrap {

namespace {

struct Wanted {
    std::vector<std::string> units;
    bool in_order{true};
    std::int64_t minutes{1};
};

[[noreturn]] void refuse(const Parameters& where, const std::string& what) {
    throw Error(ErrorCode::invalid_input, (where.place.empty() ? "" : where.place + ": ") + what);
}

Wanted read(const Parameters& parameters) {
    Wanted wanted;
    wanted.units = parameters.words("units");
    const std::string order = parameters.word("in order");
    if (order != "yes" && order != "no")
        refuse(parameters.at("in order"), "\"in order\" takes yes or no, not \"" + order + "\"");
    wanted.in_order = order == "yes";
    if (parameters.has("each at least"))
        wanted.minutes = std::max<std::int64_t>(1, parameters.minutes("each at least").count());
    return wanted;
}

/// Attendance that could serve one unit, once settled entries are asked for and once with what is still pending.
struct Search {
    const Record& record;
    const Wanted& wanted;
    Date as_of;
    bool with_pending;

    bool serves(const Entry& entry, Symbol unit) const {
        return entry.kind == EntryKind::attendance && unit != Symbol::none && entry.code == unit &&
               entry.last <= as_of && entry.amount >= wanted.minutes && entry.result != EntryResult::refused &&
               (with_pending || entry.result != EntryResult::pending);
    }

    /// The earliest that is not before the unit before it: taking the earliest leaves most room for what follows.
    const Entry* first(Symbol unit, std::optional<Date> not_before) const {
        for (const Entry& entry : record.entries) // sorted by day
            if (serves(entry, unit) && (!not_before || *not_before <= entry.last))
                return &entry;
        return nullptr;
    }
};

struct Path {
    std::vector<const Entry*> by_unit; ///< null: none
    std::int64_t attended() const {
        return std::count_if(by_unit.begin(), by_unit.end(), [](const Entry* entry) { return entry != nullptr; });
    }
};

Path find_path(const Search& search, const std::vector<Symbol>& units) {
    Path path;
    std::optional<Date> reached;
    for (const Symbol unit : units) {
        const Entry* entry = search.first(unit, search.wanted.in_order ? reached : std::nullopt);
        path.by_unit.push_back(entry);
        if (entry != nullptr)
            reached = entry->last;
    }
    return path;
}

} // namespace

std::string_view Components::help() const {
    return "every unit attended; units: [words, in order], in order: yes|no, each at least: 30 min (optional)";
}

Parameters Components::example() const {
    Parameters given;
    given.named["units"] = Parameters::list({"wellness-toolbox", "daily-plan"});
    given.named["in order"] = Parameters::of("yes");
    return given;
}

void Components::check(const Parameters& parameters) const {
    parameters.only({"units", "in order", "each at least"});
    const Wanted wanted = read(parameters);
    if (std::set<std::string>(wanted.units.begin(), wanted.units.end()).size() != wanted.units.size())
        refuse(parameters.at("units"), "\"units\" names a unit twice");
}

Finding Components::evaluate(const Record& record, const Parameters& parameters, const JudgingDay& day) const {
    const Wanted wanted = read(parameters);
    std::vector<Symbol> units;
    for (const std::string& unit : wanted.units)
        units.push_back(day.words.find(unit));
    const Path settled = find_path({record, wanted, day.as_of, false}, units);
    const Path best = find_path({record, wanted, day.as_of, true}, units);

    Finding finding;
    finding.unit = Unit::count;
    finding.need = static_cast<std::int64_t>(units.size());
    finding.have = settled.attended();
    finding.have_most = std::max(settled.attended(), best.attended());
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string& unit = wanted.units[i];
        if (const Entry* entry = settled.by_unit[i]; entry != nullptr) {
            finding.used.push_back({entry->id, 1, 1, unit});
            continue;
        }
        if (finding.next.what.empty()) {
            finding.next.kind = best.by_unit[i] != nullptr ? NextStep::Kind::confirm : NextStep::Kind::do_it;
            finding.next.what = unit;
        }
        for (const Entry& entry : record.entries) {
            if (entry.kind != EntryKind::attendance || units[i] == Symbol::none || entry.code != units[i])
                continue;
            const RefusalReason reason = entry.last > day.as_of                 ? RefusalReason::after_asked_day
                                         : entry.result == EntryResult::pending ? RefusalReason::pending
                                         : entry.amount < wanted.minutes        ? RefusalReason::missing_field
                                         : entry.result == EntryResult::refused ? RefusalReason::not_passed
                                                                                : RefusalReason::before_start;
            finding.refused.push_back({entry.id, 1, reason, unit});
        }
        Finding part;
        part.clause = unit;
        part.verdict = best.by_unit[i] != nullptr ? Verdict::open() : Verdict::unmet();
        if (best.by_unit[i] != nullptr)
            part.open_because = "pending";
        finding.parts.push_back(std::move(part));
    }
    finding.verdict = finding.have == finding.need        ? Verdict::met()
                      : finding.have_most == finding.need ? Verdict::open()
                                                          : Verdict::unmet();
    if (!finding.verdict.is_settled())
        finding.open_because = "pending";
    return finding;
}

} // namespace peercert::wrap
