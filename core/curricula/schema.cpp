#include "curricula/schema.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            made += '\\';
        made += c;
    }
    return made + '"';
}

using Members = std::vector<std::pair<std::string, std::string>>;

std::string object(const Members& members) {
    std::string made = "{";
    for (const auto& [name, value] : members)
        made += (made.size() == 1 ? "" : ", ") + quoted(name) + ": " + value;
    return made + "}";
}

std::string array(const std::vector<std::string>& items) {
    std::string made = "[";
    for (const std::string& item : items)
        made += (made.size() == 1 ? "" : ", ") + item;
    return made + "]";
}

std::string texts(const std::vector<std::string_view>& words) {
    std::vector<std::string> items;
    for (const std::string_view word : words)
        items.push_back(quoted(word));
    return array(items);
}

constexpr auto settings = std::to_array<std::pair<Setting, std::string_view>>({
    {Setting::in_force, "in force"},
    {Setting::in_flight, "in flight"},
    {Setting::public_register, "register"},
    {Setting::titled, "titled"},
    {Setting::period, "period"},
    {Setting::changes, "changes"},
    {Setting::step_changes, "step changes"},
    {Setting::source, "source"},
    {Setting::known_warning, "known warning"},
    {Setting::level, "level"},
    {Setting::step, "step"},
    {Setting::afterwards, "afterwards"},
    {Setting::calendar, "calendar"},
    {Setting::calendar_file, "calendar file"},
    {Setting::closed_day, "closed day"},
    {Setting::filing, "file"},
    {Setting::fee, "fee"},
    {Setting::lasts, "lasts"},
    {Setting::term, "term of the holder's choice"},
    {Setting::attempts, "attempts"},
    {Setting::for_every, "for every"},
    {Setting::in_each, "in each"},
    {Setting::not_used_by, "not used by"},
    {Setting::piece, "piece"},
    {Setting::part, "part"},
    {Setting::either, "either"},
    {Setting::after_expiry, "after expiry"},
    {Setting::rung, "rung"},
    {Setting::purpose, "purpose"},
    {Setting::restriction, "restriction"},
    {Setting::exception, "exception"},
    {Setting::group, "group"},
    {Setting::outcome, "outcome"},
    {Setting::category, "category"},
    {Setting::item, "item"},
    {Setting::scale, "scale"},
    {Setting::sign_off, "sign off"},
    {Setting::case_file, "cases file"},
    {Setting::test_case, "case"},
    {Setting::person, "person"},
    {Setting::holding, "term"},
    {Setting::leader, "leader"},
    {Setting::ledger_line, "entry"},
    {Setting::expectations, "expectations"},
    {Setting::excuse, "excuse"},
    {Setting::clause, "clause"},
    {Setting::head, "edition file"},
    {Setting::none, ""},
});

std::string reference(std::string_view name) {
    return object({{"$ref", quoted("#/definitions/" + std::string(name))}});
}

std::string reference(Setting setting) {
    for (const auto& [known, name] : settings)
        if (known == setting)
            return reference(name);
    return "{}";
}

const std::string scalar = R"({"type": ["string", "number", "boolean"]})";
const std::string day_text = R"({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})";

std::string list_of(const std::string& item) { return object({{"type", quoted("array")}, {"items", item}}); }
std::string table_of(const std::string& value) {
    return object({{"type", quoted("object")}, {"additionalProperties", value}});
}

/// The shapes that a word takes, besides the words it allows.
std::vector<std::string> shapes(const Word& word) {
    const std::string inside = word.inside == Setting::clause ? reference("clauses") : reference(word.inside);
    switch (word.takes) {
    case Takes::choice: return {};
    case Takes::day: return {day_text};
    case Takes::text:
    case Takes::name:
    case Takes::day_phrase:
    case Takes::dated:
    case Takes::amount:
    case Takes::bound:
    case Takes::span:
    case Takes::number:
    case Takes::rung_end:
    case Takes::month_day: return {scalar};
    case Takes::texts: return {scalar, list_of(scalar)};
    case Takes::names: return {scalar, list_of(scalar), reference(Setting::either)};
    case Takes::clause: return {reference("clauses")};
    case Takes::clauses: return {list_of(reference(Setting::clause))};
    case Takes::ordered: return {list_of(object({{"anyOf", array({reference(Setting::clause), scalar})}}))};
    case Takes::mapping:
    case Takes::rungs_or_word: return {inside};
    case Takes::span_or_choice: return {scalar, inside};
    case Takes::by_day: return {scalar, list_of(inside)};
    case Takes::list: return {list_of(inside)};
    case Takes::table: return {table_of(inside)};
    case Takes::levels: return {list_of(scalar), table_of(inside)};
    case Takes::fee: return {scalar, reference(Setting::fee), table_of(scalar), list_of(table_of(scalar))};
    case Takes::parts: return {table_of(object({{"anyOf", array({scalar, reference(Setting::part)})}}))};
    case Takes::leaders: return {scalar, list_of(object({{"anyOf", array({scalar, reference(Setting::either)})}}))};
    case Takes::items:
        return {list_of(object({{"anyOf", array({scalar, reference(Setting::item)})}})),
                table_of(object({{"anyOf", array({scalar, inside, reference(Setting::item)})}}))};
    case Takes::periods: return {table_of(object({{"anyOf", array({scalar, list_of(inside)})}}))};
    case Takes::uses: return {scalar, inside, list_of(object({{"anyOf", array({scalar, inside})}}))};
    case Takes::amounts:
    case Takes::pairs:
    case Takes::reasons: return {table_of(scalar)};
    case Takes::any: return {"{}"};
    }
    return {};
}

std::string word_schema(const Word& word, bool or_anything = false) {
    std::vector<std::string> all;
    if (or_anything)
        all.push_back(scalar);
    if (!word.allowed.empty())
        all.push_back(object({{"enum", texts(split_words(word.allowed))}}));
    for (std::string& shape : shapes(word))
        all.push_back(std::move(shape));
    const std::string description =
        std::string(word.help) + ". Example: " + std::string(word.word) + ": " + std::string(word.example);
    return object({{"description", quoted(description)}, {"anyOf", array(all)}});
}

Members properties_of(std::initializer_list<Setting> of) {
    Members members;
    for (const Setting setting : of)
        for (const Word& word : words_of(setting)) {
            const auto same =
                std::find_if(members.begin(), members.end(), [&](const auto& one) { return one.first == word.word; });
            if (same == members.end())
                members.emplace_back(word.word, word_schema(word));
            else // a word with two meanings, by the kind of file
                same->second = object({{"anyOf", array({same->second, word_schema(word)})}});
        }
    return members;
}

std::string mapping_schema(std::initializer_list<Setting> of, bool open = false) {
    return object({{"type", quoted("object")},
                   {"properties", object(properties_of(of))},
                   {"additionalProperties", open ? "true" : "false"}});
}

std::string clause_schema() {
    std::vector<std::string> kinds;
    for (const KindWord& kind : kind_words()) {
        const bool is_measure = kind.modifiers == Setting::ce || kind.modifiers == Setting::attendance;
        Members properties = is_measure ? properties_of({Setting::clause, Setting::measure, kind.modifiers})
                                        : properties_of({Setting::clause, kind.modifiers});
        Members schema{{"type", quoted("object")}};
        if (kind.word.word == "at least N of") {
            schema.emplace_back("patternProperties", object({{"^at least [0-9]+ of$", word_schema(kind.word)}}));
            schema.emplace_back("minProperties", "1");
        } else {
            properties.emplace_back(kind.word.word, word_schema(kind.word));
            schema.emplace_back("required", texts({kind.word.word}));
        }
        schema.emplace_back("properties", object(properties));
        schema.emplace_back("additionalProperties", "false");
        kinds.push_back(object(schema));
    }
    kinds.push_back(object(
        {{"type", quoted("object")},
         {"patternProperties", object({{"^[a-z_]+:[a-z_-]+$", R"({"description": "A kind that a plugin brings"})"}})},
         {"properties", object(properties_of({Setting::clause}))},
         {"additionalProperties", "false"}}));
    return object({{"anyOf", array(kinds)}});
}

std::string head_schema() {
    std::vector<std::string> required;
    for (const std::string_view word : {"track", "curriculum", "course", "framework"})
        required.push_back(object({{"required", texts({word})}}));
    return object(
        {{"type", quoted("object")},
         {"properties", object(properties_of({Setting::head, Setting::course_head}))},
         {"patternProperties", object({{"^to (become|renew|extend|add|transfer) .+$", reference(Setting::step)}})},
         {"additionalProperties", "false"},
         {"anyOf", array(required)}});
}

std::string lasts_schema() {
    Members properties = properties_of({Setting::lasts});
    for (const Setting clock : {Setting::anniversary, Setting::birthday, Setting::fixed_day, Setting::month_start,
                                Setting::calendar_year, Setting::regime})
        for (const Word& word : words_of(clock))
            if (std::none_of(properties.begin(), properties.end(),
                             [&](const auto& one) { return one.first == word.word; }))
                properties.emplace_back(word.word, word_schema(word, true));
    return object({{"type", quoted("object")}, {"properties", object(properties)}});
}

std::string definition(Setting setting) {
    switch (setting) {
    case Setting::clause: return clause_schema();
    case Setting::head: return head_schema();
    case Setting::for_every: { // "25 h of"
        Members properties = properties_of({Setting::for_every});
        std::erase_if(properties, [](const auto& one) { return one.first == "N h of"; });
        return object({{"type", quoted("object")},
                       {"properties", object(properties)},
                       {"patternProperties", object({{"^[0-9.]+ .+ of$", scalar}})},
                       {"additionalProperties", "false"}});
    }
    case Setting::lasts: // a plugin's clock has words of its own
        return lasts_schema();
    case Setting::fee: // names of fees are the author's
        return mapping_schema({Setting::fee}, true);
    case Setting::calendar_file:
        return object({{"type", quoted("object")},
                       {"properties", object(properties_of({Setting::calendar, Setting::calendar_file}))},
                       {"required", texts({"calendar", "years", "source"})},
                       {"additionalProperties", "false"}});
    case Setting::case_file: // without them it would pass for a file of any sort
        return object({{"type", quoted("object")},
                       {"properties", object(properties_of({Setting::case_file}))},
                       {"required", texts({"cases for", "cases"})},
                       {"additionalProperties", "false"}});
    case Setting::changes:
        return object(
            {{"type", quoted("object")},
             {"patternProperties",
              object({{"^to (become|renew|extend|add|transfer) .+$",
                       object({{"anyOf", array({reference(Setting::step_changes), reference(Setting::step)})}})}})}});
    default: return mapping_schema({setting});
    }
}

} // namespace

std::string json_schema() {
    std::string made =
        "{\n\"$schema\": \"http://json-schema.org/draft-07/schema#\",\n\"title\": \"peercert curriculum "
        "files\",\n\"anyOf\": " +
        array({reference(Setting::head), reference(Setting::case_file), reference(Setting::calendar_file)}) +
        ",\n\"definitions\": {\n";
    for (const auto& [setting, name] : settings)
        if (!name.empty())
            made += quoted(name) + ": " + definition(setting) + ",\n";
    return made + "\"clauses\": " +
           object({{"anyOf", array({reference(Setting::clause), list_of(reference(Setting::clause))})}}) + "\n}\n}\n";
}

} // namespace peercert::curricula
