#include "curricula/reading.hpp"

#include <algorithm>

#include <peercert/nearest.hpp>

namespace peercert::curricula {

namespace {

constexpr std::size_t most_problems = 200; ///< told of one file; more help nobody

/// Where a word that stands in the wrong block belongs; empty: nowhere that could be told.
std::string_view home_of(std::string_view word) {
    constexpr std::pair<Setting, std::string_view> homes[] = {
        {Setting::head, "at the head of the file"},
        {Setting::step, "in a step, beside its needs"},
        {Setting::filing, "in \"file\""},
        {Setting::lasts, "in \"lasts\""},
        {Setting::attempts, "in \"attempts: {...}\""},
        {Setting::exam, "in an exam clause"},
        {Setting::entries, "in a clause about entries"},
        {Setting::measure, "in a clause that counts, like CE or practice"},
        {Setting::ce, "in a CE clause"},
        {Setting::fact, "in a fact clause"},
        {Setting::after_expiry, "in \"after expiry\""},
        {Setting::rung, "in a rung of \"after expiry\""},
        {Setting::level, "in \"levels\", under the level"},
        {Setting::group, "in a group"},
    };
    if (word == "name" || word == "note" || word == "see")
        return {}; // at home in many
    for (const auto& [setting, place] : homes)
        if (find_word(setting, word) != nullptr)
            return place;
    return {};
}

} // namespace

void Reading::add(const std::string* file, int line, int column, std::string sentence, bool warning) {
    if (problems_.size() >= most_problems)
        return;
    Problem problem{file == nullptr ? std::string() : *file, line, column, std::move(sentence), warning};
    if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end()) // copied clauses are read twice
        problems_.push_back(std::move(problem));
}

void Reading::wrong(const Node& at, std::string sentence) {
    if (!at.told)
        add(at.file, at.line, at.column, std::move(sentence), false);
}
void Reading::wrong(const Pair& at, std::string sentence) {
    if (!at.value.told)
        add(at.value.file, at.line, at.column, std::move(sentence), false);
}
void Reading::warn(const Node& at, std::string sentence) {
    add(at.file, at.line, at.column, std::move(sentence), true);
}

void Reading::only(const Node& mapping, std::initializer_list<Setting> settings,
                   const std::vector<std::string_view>& more) {
    for (const Pair& one : mapping.pairs) {
        const bool known = std::any_of(settings.begin(), settings.end(),
                                       [&](Setting setting) { return find_word(setting, one.key) != nullptr; }) ||
                           std::find(more.begin(), more.end(), one.key) != more.end();
        if (known)
            continue;
        std::vector<std::string_view> allowed = more;
        for (const Setting setting : settings)
            for (const Word& word : words_of(setting))
                allowed.push_back(word.word);
        const std::string near = nearest(one.key, allowed);
        const std::string_view home = home_of(one.key);
        wrong(one, "unknown word \"" + one.key + "\"; " +
                       (!home.empty()  ? "it belongs " + std::string(home) + "; "
                        : near.empty() ? ""
                                       : "did you mean \"" + near + "\"? ") +
                       (allowed.empty() ? "no word is allowed here" : "allowed here: " + one_of(allowed)));
    }
}

bool Reading::is_mapping(const Node& node, std::string_view what) {
    if (!node.is_mapping())
        wrong(node, std::string(what) + " takes words with values (word: value), not " +
                        (node.is_list() ? "a list" : "\"" + node.text + "\""));
    return node.is_mapping();
}

bool Reading::is_list(const Node& node, std::string_view what) {
    if (!node.is_list())
        wrong(node, std::string(what) + " takes a list, like [a, b]");
    return node.is_list();
}

std::string Reading::text(const Node& node) {
    if (!node.is_text())
        wrong(node, "one text is wanted here");
    else if (node.text.find_first_not_of(" \n") == std::string::npos)
        wrong(node, "this text is empty");
    else
        return node.text;
    return {};
}

std::string Reading::text_at(const Node& mapping, std::string_view word) {
    const Node* node = mapping.find(word);
    return node == nullptr ? std::string() : text(*node);
}

std::vector<std::string> Reading::texts(const Node& node) {
    std::vector<std::string> all;
    if (node.is_text()) {
        if (std::string one = text(node); !one.empty())
            all.push_back(std::move(one));
    } else if (node.is_list()) {
        for (const Node& item : node.items)
            if (std::string one = text(item); !one.empty()) {
                if (std::find(all.begin(), all.end(), one) != all.end())
                    wrong(item, "\"" + one + "\" stands in this list twice");
                all.push_back(std::move(one));
            }
    } else {
        wrong(node, "a list of plain words is wanted here, like [a, b]");
    }
    return all;
}

std::vector<std::string> Reading::texts_at(const Node& mapping, std::string_view word) {
    const Node* node = mapping.find(word);
    return node == nullptr ? std::vector<std::string>() : texts(*node);
}

Reading::Names Reading::names(const Node& node) {
    if (!node.is_mapping())
        return {texts(node), false};
    only(node, {Setting::either});
    const Node* any = node.find("any of");
    if (any == nullptr)
        return {};
    return {texts(*any), true};
}

std::string Reading::choice_at(const Node& mapping, Setting setting, std::string_view word) {
    const Node* node = mapping.find(word);
    if (node == nullptr)
        return {};
    const std::string written = text(*node);
    if (written.empty())
        return {};
    const std::vector<std::string_view> allowed = split_words(find_word(setting, word)->allowed);
    if (std::find(allowed.begin(), allowed.end(), written) != allowed.end())
        return written;
    const std::string near = nearest(written, allowed);
    wrong(*node, "\"" + std::string(word) + "\" takes " + one_of(allowed) + ", not \"" + written + "\"" +
                     (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    return {};
}

std::string Reading::mandatory_choice(const Node& mapping, Setting setting, std::string_view word,
                                      std::string_view why) {
    if (mapping.find(word) == nullptr)
        wrong(mapping, "say \"" + std::string(word) + "\" here (" +
                           one_of(split_words(find_word(setting, word)->allowed)) + "): " + std::string(why));
    return choice_at(mapping, setting, word);
}

std::optional<Date> Reading::day(const Node& node) {
    const std::string written = text(node);
    if (written.empty())
        return std::nullopt;
    const auto read = parse_date(written);
    if (!read)
        wrong(node, "\"" + written + "\" is no day; write YYYY-MM-DD, a day that exists");
    return read;
}

std::optional<Date> Reading::day_at(const Node& mapping, std::string_view word) {
    const Node* node = mapping.find(word);
    return node == nullptr ? std::nullopt : day(*node);
}

std::optional<int> Reading::number_at(const Node& mapping, std::string_view word, int most) {
    const Node* node = mapping.find(word);
    if (node == nullptr)
        return std::nullopt;
    const auto amount = parse_amount(text(*node), BareNumber::count);
    if (amount.value && amount.value->unit.empty() && amount.value->amount.value >= 1 &&
        amount.value->amount.value <= most)
        return static_cast<int>(amount.value->amount.value);
    wrong(*node, "\"" + std::string(word) + "\" takes a whole number from 1 to " + std::to_string(most));
    return std::nullopt;
}

std::optional<Knowing> Reading::knowing_of(const Node& node, const Word* word) const {
    if (!node.is_text() || word == nullptr)
        return std::nullopt;
    for (const std::string_view allowed : split_words(word->allowed))
        if (allowed == node.text) {
            if (allowed == "none")
                return Knowing::none;
            if (allowed == "unknown")
                return Knowing::unknown;
            if (allowed == "nothing said")
                return Knowing::nothing_said;
        }
    return std::nullopt;
}

Stated<bool> Reading::yes_or_no(const std::string& word, std::string_view yes) {
    if (word == "unknown")
        return {Knowing::unknown, false};
    if (word.empty() || word == "nothing said")
        return {Knowing::nothing_said, false};
    return {Knowing::stated, word == yes};
}

std::string Reading::see(const Node& mapping, const std::string& inherited) {
    const Node* node = mapping.find("see");
    if (node == nullptr)
        return inherited;
    const std::string mark = text(*node);
    if (mark.empty())
        return inherited;
    for (const Source& source : edition.sources)
        if (source.mark == mark)
            return mark;
    if (mark == "our reading" || mark == "recalled" || mark == "not found") {
        Source source{mark, mark, {}, Confidence::our_reading};
        if (mark != "our reading")
            source.confidence = mark == "recalled" ? Confidence::recalled : Confidence::not_found;
        edition.sources.push_back(std::move(source));
        return mark;
    }
    std::vector<std::string_view> marks{"our reading", "recalled", "not found"};
    for (const Source& source : edition.sources)
        marks.push_back(source.mark);
    const std::string near = nearest(mark, marks);
    wrong(*node, "no source is called \"" + mark + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                     " (sources stand at the end of the file)");
    return mark;
}

void Reading::need_see(const Node& at, const std::string& mark, std::string_view what) {
    if (needs_sources && mark.empty())
        wrong(at, std::string(what) + " has no source; write \"see: MARK\" here or on the block around it");
}

void Reading::use(NameKind kind, std::string_view name, const Node& at) {
    if (!name.empty())
        used_.push_back({kind, std::string(name), &at});
}

void Reading::use(NameKind kind, const std::vector<std::string>& names, const Node& at) {
    for (const std::string& name : names)
        use(kind, name, at);
}

void Reading::define(NameKind kind, std::string_view name) { defined_.emplace(kind, std::string(name)); }

bool Reading::is_defined(NameKind kind, std::string_view name) const {
    const std::string key(name);
    if (kind == NameKind::role)
        return key.find('/') != std::string::npos || defined_.contains({NameKind::level, key}) ||
               defined_.contains({NameKind::meaning, key});
    return defined_.contains({kind, key});
}

void Reading::check_names() {
    for (const Use& one : used_) {
        if (is_defined(one.kind, one.name) || problems_.size() >= most_problems)
            continue;
        std::vector<std::string_view> known;
        for (const auto& [kind, name] : defined_)
            if (kind == one.kind ||
                (one.kind == NameKind::role && (kind == NameKind::level || kind == NameKind::meaning)))
                known.push_back(name);
        const std::string near = nearest(one.name, known);
        std::string_view what, where;
        switch (one.kind) {
        case NameKind::course: what = "course", where = "list it under \"courses\""; break;
        case NameKind::topic: what = "word of entries", where = "list it under \"topics\""; break;
        case NameKind::part: what = "exam part", where = "an \"exam\" clause names the parts"; break;
        case NameKind::level: what = "level", where = "list it under \"levels\""; break;
        case NameKind::role:
            what = "level or meaning", where = "list it under \"levels\" or \"meanings\", or write TRACK/NAME";
            break;
        case NameKind::meaning: what = "meaning", where = "write it under \"meanings\""; break;
        case NameKind::calendar: what = "calendar", where = "write it under \"calendars\""; break;
        case NameKind::clause: what = "clause", where = "a clause gets its name from \"name\""; break;
        }
        wrong(*one.at, "nothing here defines the " + std::string(what) + " \"" + one.name +
                           "\", so it would count nothing; " + (near.empty() ? "" : "did you mean \"" + near + "\"? ") +
                           "else " + std::string(where));
    }
}

Parameters Reading::parameters(const Node& node) const {
    Parameters made;
    made.place = node.place();
    made.text = node.text;
    for (const Node& item : node.items)
        made.items.push_back(parameters(item));
    for (const Pair& one : node.pairs)
        made.named.emplace(one.key, parameters(one.value));
    return made;
}

std::optional<std::pair<Step::Verb, std::string>> step_of(std::string_view key) {
    if (!key.starts_with("to "))
        return std::nullopt;
    key.remove_prefix(3);
    const auto verbs = step_verbs();
    for (std::size_t at = 0; at < verbs.size(); ++at)
        if (key.starts_with(verbs[at]) && key.size() > verbs[at].size() + 1 && key[verbs[at].size()] == ' ')
            return std::pair{static_cast<Step::Verb>(at), std::string(key.substr(verbs[at].size() + 1))};
    return std::nullopt;
}

} // namespace peercert::curricula
