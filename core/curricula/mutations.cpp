#include "curricula/mutations.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <peercert/error.hpp>

#include "curricula/calendars.hpp"
#include "curricula/node.hpp"
#include "curricula/other_texts.hpp"
#include "curricula/read_document.hpp"
#include "curricula/resolve.hpp"
#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

using Route = std::vector<std::size_t>; ///< number of the item or pair, level by level

/// Words whose text is for people or is a name, though it may look like a rule ("edition: 2024").
constexpr std::array<std::string_view, 31> never_rules{
    "register",    "about",          "learners",        "followed by",  "known warnings", "name",
    "see",         "note",           "called",          "title",        "public title",   "author",
    "licence",     "zone",           "given by",        "edition",      "replaces",       "based on",
    "uses",        "sources",        "courses",         "competencies", "scale",          "says",
    "because",     "never recorded", "arithmetic says", "body decides", "decides",        "unknown",
    "nothing said"};

/// Every setting's word of that name: which setting it stands in does not matter here.
std::vector<const Word*> words_called(std::string_view name) {
    std::vector<const Word*> found;
    for (int setting = 0; setting < static_cast<int>(Setting::case_file); ++setting)
        if (const Word* word = find_word(static_cast<Setting>(setting), name))
            found.push_back(word);
    if (const KindWord* kind = find_kind_word(name))
        found.push_back(&kind->word);
    return found;
}

bool takes_a_phrase(Takes takes) {
    switch (takes) {
    case Takes::day:
    case Takes::day_phrase:
    case Takes::dated:
    case Takes::amount:
    case Takes::bound:
    case Takes::span:
    case Takes::span_or_choice:
    case Takes::number:
    case Takes::fee:
    case Takes::rung_end:
    case Takes::month_day: return true;
    default: return false;
    }
}

/// Whose words the author chooses.
bool has_names_as_words(const std::vector<const Word*>& words) {
    return std::any_of(words.begin(), words.end(), [](const Word* one) {
        return one->takes == Takes::fee || one->takes == Takes::parts || one->takes == Takes::table ||
               one->takes == Takes::levels || one->takes == Takes::any;
    });
}

bool is_fee(const std::vector<const Word*>& words) {
    return std::any_of(words.begin(), words.end(), [](const Word* one) { return one->takes == Takes::fee; });
}

bool both_ask_somebody(std::string_view one, std::string_view other) {
    return (one == "unknown" && other == "nothing said") || (one == "nothing said" && other == "unknown");
}

/// Events that, where the record does not have them, happen on the asked day: a case hardly tells them apart.
bool is_the_asked_day(std::string_view event) {
    return event == "deadline" || event == "first session" || event == "observed" || event == "asked" ||
           event == "training completed" || event == "exam passed";
}

/// A word with a number in it: "at least 2 of", "25 h of", and the bare number of tries.
bool is_counted_word(std::string_view word) {
    const bool is_number = word.find_first_not_of("0123456789") == std::string_view::npos;
    return is_number || (word.ends_with(" of") && is_phrase(word.substr(0, word.size() - 3)));
}

struct Target {
    Route route;
    bool in_word{false}; ///< the word before the colon changes
};

class Collector {
public:
    Collector(const Node& root, std::vector<Mutation>& found, std::vector<Target>& targets)
        : root_(root), found_(found), targets_(targets) {}

    void collect() { mapping(root_, nullptr); }

private:
    using Words = std::vector<const Word*>;

    /// `named`: the author chose the words of this mapping, and this is what they take (empty: anything).
    void mapping(const Node& node, const Words* named) {
        for (std::size_t at = 0; at < node.pairs.size(); ++at) {
            const Pair& pair = node.pairs[at];
            const bool for_people = std::find(never_rules.begin(), never_rules.end(), pair.key) != never_rules.end();
            if (pair.key == "see" ||
                (named == nullptr && for_people && !(pair.key == "called" && pair.value.is_list())))
                continue;
            route_.push_back(at);
            where_.push_back(pair.key);
            if (named == nullptr && is_counted_word(pair.key))
                for (const std::string& other : other_texts(pair.key))
                    add(pair.value, pair.key, other, true, pair.line, pair.column);
            value(pair.value, pair.key, named == nullptr ? words_called(pair.key) : *named);
            where_.pop_back();
            route_.pop_back();
        }
    }

    void value(const Node& node, const std::string& key, const Words& words) {
        static const Words fees{find_word(Setting::fee, "amount")};
        static const Words anything;
        if (node.is_text())
            text(node, key, words);
        else if (node.is_list())
            list(node, key, words);
        else if (is_fee(words) && node.find("amount") == nullptr)
            mapping(node, &fees);
        else
            mapping(node, has_names_as_words(words) && !is_fee(words) ? &anything : nullptr);
    }

    void list(const Node& node, const std::string& key, const Words& words) {
        for (std::size_t at = 0; at < node.items.size(); ++at) {
            const Node& item = node.items[at];
            route_.push_back(at);
            where_.push_back(name_of(item, at));
            if (item.is_mapping())
                mapping(item, nullptr);
            else if (item.is_text())
                text(item, key, words);
            where_.pop_back();
            route_.pop_back();
        }
    }

    static std::string name_of(const Node& item, std::size_t at) {
        for (const std::string_view word : {"name", "called", "up to"})
            if (const Node* name = item.find(word); name != nullptr && name->is_text())
                return name->text;
        return std::to_string(at + 1);
    }

    void text(const Node& node, const std::string& key, const Words& words) {
        bool chosen = false, rule = false;
        for (const Word* word : words) {
            const std::vector<std::string_view> allowed = split_words(word->allowed);
            rule = rule || takes_a_phrase(word->takes);
            if (std::find(allowed.begin(), allowed.end(), node.text) == allowed.end())
                continue;
            chosen = true;
            for (const std::string_view other : allowed)
                if (other != node.text && !both_ask_somebody(node.text, other) && may_choose(key, node.text, other))
                    add(node, node.text, std::string(other), false, node.line, node.column);
        }
        const bool free_text =
            std::all_of(words.begin(), words.end(), [](const Word* word) { return word->takes == Takes::text; });
        if (!chosen && (rule || (free_text && is_phrase(node.text))))
            for (const std::string& other : other_texts(node.text))
                add(node, node.text, other, false, node.line, node.column);
    }

    bool may_choose(const std::string& key, std::string_view was, std::string_view other) const {
        if (key == "until" && where_.front() == "in force") // neither of the two open ends is a day
            return false;
        if (key != "chosen by")
            return true;
        const Node* in_force = root_.find("in force");
        const auto stated = [&](std::string_view word, std::string_view open) {
            const Node* day = in_force == nullptr ? nullptr : in_force->find(word);
            return day != nullptr && day->text != open;
        };
        return (stated("from", "unknown") || stated("until", "further notice")) &&
               !(is_the_asked_day(was) && is_the_asked_day(other));
    }

    void add(const Node& at, const std::string& was, const std::string& becomes, bool in_word, int line, int column) {
        Mutation made{*at.file + ":" + std::to_string(line) + ":" + std::to_string(column), where_, was, becomes};
        for (auto known = found_.rbegin(); known != found_.rend() && known->place == made.place; ++known)
            if (known->becomes == becomes)
                return;
        found_.push_back(std::move(made));
        targets_.push_back({route_, in_word});
    }

    const Node& root_;
    std::vector<Mutation>& found_;
    std::vector<Target>& targets_;
    Route route_;
    std::vector<std::string> where_;
};

void put(Node& root, const Target& target, const std::string& text) {
    Node* at = &root;
    for (std::size_t step = 0; step < target.route.size(); ++step) {
        const std::size_t number = target.route[step];
        if (at->is_list()) {
            at = &at->items[number];
            continue;
        }
        Pair& pair = at->pairs[number];
        if (target.in_word && step + 1 == target.route.size()) {
            pair.key = text;
            return;
        }
        at = &pair.value;
    }
    at->text = text;
}

auto rules_of(const Edition& one) {
    return std::tie(one.about, one.titles, one.public_title, one.zone, one.in_force_from, one.in_force_until,
                    one.in_force_until_unknown, one.chosen_by, one.may_choose_older_until, one.followed_by, one.levels,
                    one.steps, one.meanings, one.after_expiry, one.purposes, one.exceptions, one.closed_days,
                    one.business_days, one.formats, one.competencies, one.scale, one.sign_off, one.never_recorded,
                    one.courses, one.topics, one.units, one.older_words, one.calendars);
}

} // namespace

struct Mutations::File {
    SourceText source;
    const Kinds* kinds{nullptr};
    Node root;
    std::optional<SourceText> base;
    Node base_root;
    Edition edition; ///< unchanged
    std::vector<Mutation> found;
    std::vector<Target> targets;

    Calendars calendars{{}}; ///< those that the file names are read with it, once

    std::optional<Edition> read(const Node& changed, const FindCalendar& find, std::vector<Problem>& problems) const {
        Node whole = base ? resolve(changed, base_root, problems) : changed;
        if (has_errors(problems))
            return std::nullopt;
        embed_calendars(whole, find, problems);
        return read_document(whole, kinds, problems);
    }
};

Mutations::Mutations(const SourceText& source, const Kinds* kinds, const FindBase& find_base)
    : file_(std::make_unique<File>()) {
    File& file = *file_;
    file.source = source;
    file.kinds = kinds;
    std::vector<Problem> problems;
    file.root = read_yaml(file.source.name, file.source.text, problems);
    const auto [code, edition] = base_of(file.root, problems);
    if (!code.empty() && find_base)
        file.base = find_base(code, edition);
    if (!code.empty() && !file.base)
        problems.push_back({source.name, 1, 1, "no edition \"" + code + " " + edition + "\" is known to base this on"});
    if (file.base)
        file.base_root = read_yaml(file.base->name, file.base->text, problems);
    std::optional<Edition> read;
    file.calendars = Calendars(find_base);
    if (!has_errors(problems))
        read = file.read(
            file.root, [&](std::string_view name) { return file.calendars.find(name, problems); }, problems);
    if (!read)
        throw Error(ErrorCode::invalid_input, to_text(problems));
    file.edition = std::move(*read);
    Collector(file.root, file.found, file.targets).collect();
}

Mutations::~Mutations() = default;
Mutations::Mutations(Mutations&&) noexcept = default;

const std::vector<Mutation>& Mutations::all() const { return file_->found; }

std::optional<Edition> Mutations::with(std::size_t number) const {
    Node changed = file_->root;
    put(changed, file_->targets[number], file_->found[number].becomes);
    std::vector<Problem> problems;
    std::optional<Edition> read = file_->read(
        changed, [this](std::string_view name) { return file_->calendars.known(name); }, problems);
    if (!read || rules_of(*read) == rules_of(file_->edition))
        return std::nullopt;
    return read;
}

std::string where_text(const std::vector<std::string>& where) {
    std::string text;
    for (const std::string& one : where)
        text += (text.empty() ? "" : " / ") + one;
    return text;
}

} // namespace peercert::curricula
