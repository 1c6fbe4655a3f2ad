#include <algorithm>
#include <array>

#include "curricula/calendars.hpp"
#include "curricula/reading.hpp"

/// Days on which an authority is closed: a file of its own under calendars/, copied into each edition that names it.
namespace peercert::curricula {

namespace {

constexpr std::array<std::string_view, 7> weekday_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};

void read_year(Reading& reading, const Pair& pair, ClosedDays& made) {
    const auto first = parse_date(pair.key + "-01-01");
    if (!first) {
        reading.wrong(pair, "a year has four digits, like 2026");
        return;
    }
    made.years.push_back(static_cast<int>(first->year()));
    if (!reading.is_list(pair.value, "the closed days of a year"))
        return;
    for (const Node& item : pair.value.items) {
        if (!reading.is_mapping(item, "a closed day"))
            continue;
        reading.only(item, {Setting::closed_day});
        const auto day = reading.day_at(item, "day");
        const std::string called = reading.text_at(item, "called");
        if (!day || called.empty())
            reading.wrong(item, "a closed day has a \"day\" and is \"called\" something");
        else if (day->year() != first->year())
            reading.wrong(item, peercert::to_text(*day) + " is no day of " + pair.key);
        else
            made.days.push_back({*day, called});
    }
}

ClosedDays read_closed_days(Reading& reading, const std::string& name, const Node& node) {
    ClosedDays made;
    made.name = name;
    for (const std::string& weekday : reading.texts_at(node, "closed every")) {
        const auto found = std::find(weekday_names.begin(), weekday_names.end(), weekday);
        if (found == weekday_names.end())
            reading.wrong(*node.find("closed every"), "\"" + weekday + "\" is no day of the week; write " +
                                                          one_of({weekday_names.begin(), weekday_names.end()}));
        else
            made.weekdays.push_back(static_cast<unsigned>(found - weekday_names.begin()));
    }
    if (made.weekdays.size() == weekday_names.size())
        reading.wrong(*node.find("closed every"), "an office that is closed every day of the week never opens");
    const Node* years = node.find("years");
    if (years == nullptr || !years->is_mapping() || years->pairs.empty())
        reading.wrong(node, "say \"years\" here: each year with its closed days, like {2026: [{day: 2026-01-01, "
                            "called: New Year's Day}]}; a year that is not listed is not known");
    else
        for (const Pair& year : years->pairs)
            read_year(reading, year, made);
    made.see = reading.text_at(node, "source");
    if (made.see.empty())
        reading.wrong(node, "say \"source\" here: where the days were published");
    return made;
}

void gather(const Node& node, std::vector<std::pair<std::string, const Node*>>& named) {
    for (const Pair& one : node.pairs) {
        if (one.key == "closed days" && one.value.is_text())
            named.emplace_back(one.value.text, &one.value);
        gather(one.value, named);
    }
}

} // namespace

const Node* Calendars::find(std::string_view name, std::vector<Problem>& problems) {
    if (const Node* there = known(name))
        return there;
    auto found = find_base_ ? find_base_(calendar_code, name) : std::nullopt;
    if (!found)
        return nullptr;
    auto& [text, node] = read_.try_emplace(std::string(name), std::move(*found), Node{}).first->second;
    node = read_yaml(text.name, text.text, problems);
    return &node;
}

const Node* Calendars::known(std::string_view name) const {
    const auto found = read_.find(name);
    return found == read_.end() ? nullptr : &found->second.second;
}

bool is_calendar(const Node& root) { return root.find("calendar") != nullptr; }

std::optional<ClosedDays> read_calendar(const Node& root, std::vector<Problem>& problems) {
    Reading reading(root, nullptr, problems);
    reading.only(root, {Setting::calendar, Setting::calendar_file});
    const std::string name = reading.text_at(root, "calendar");
    reading.text_at(root, "title");
    ClosedDays made = read_closed_days(reading, name, root);
    if (has_errors(problems))
        return std::nullopt;
    return made;
}

bool embed_calendars(Node& root, const FindCalendar& find, std::vector<Problem>& problems) {
    std::vector<std::pair<std::string, const Node*>> named;
    gather(root, named);
    bool changed = false;
    Node all;
    all.shape = Node::Shape::mapping;
    if (const Node* own = root.find("closed day calendars"))
        all = *own;
    for (const auto& [name, at] : named) {
        if (all.find(name) != nullptr)
            continue;
        const Node* calendar = find ? find(name) : nullptr;
        if (calendar == nullptr) {
            problems.push_back({at->file == nullptr ? std::string() : *at->file, at->line, at->column,
                                "no calendar is called \"" + name + "\"; calendars stand under calendars/NAME.yaml"});
            continue;
        }
        Node copy = *calendar;
        std::erase_if(copy.pairs, [](const Pair& one) {
            return one.key != "closed every" && one.key != "years" && one.key != "source";
        });
        all.set(name, std::move(copy));
        changed = true;
    }
    if (changed)
        root.set("closed day calendars", std::move(all));
    return changed;
}

void read_closed_day_calendars(Reading& reading) {
    auto& known = reading.edition.closed_days;
    if (const Node* node = reading.root.find("closed day calendars");
        node != nullptr && reading.is_mapping(*node, "\"closed day calendars\""))
        for (const Pair& one : node->pairs)
            if (reading.is_mapping(one.value, "the calendar \"" + one.key + "\"")) {
                reading.only(one.value, {Setting::calendar});
                known.push_back(read_closed_days(reading, one.key, one.value));
            }
    const Node* named = reading.root.find("closed days");
    if (named == nullptr)
        return;
    reading.edition.business_days = reading.text(*named);
    if (!reading.edition.business_days.empty() && std::none_of(known.begin(), known.end(), [&](const ClosedDays& one) {
            return one.name == reading.edition.business_days;
        }))
        reading.wrong(*named, "no calendar is called \"" + reading.edition.business_days +
                                  "\"; calendars stand under calendars/NAME.yaml");
}

} // namespace peercert::curricula
