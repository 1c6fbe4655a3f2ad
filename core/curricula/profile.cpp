#include "curricula/profile.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <peercert/nearest.hpp>

#include "curricula/node.hpp"
#include "curricula/phrases.hpp"
#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

constexpr std::array<std::pair<std::string_view, LooksAt>, 11> topics{{
    {"training hours", LooksAt::training_hours},
    {"practice hours", LooksAt::practice_hours},
    {"schooling", LooksAt::schooling},
    {"lived experience", LooksAt::lived_experience},
    {"exams", LooksAt::exams},
    {"background checks", LooksAt::background_checks},
    {"time in recovery", LooksAt::time_in_recovery},
    {"code of ethics", LooksAt::code_of_ethics},
    {"fee", LooksAt::fee},
    {"supervisors", LooksAt::supervisors},
    {"nothing a track's rule can tell", LooksAt::nothing},
}};
constexpr std::array<std::pair<std::string_view, Confidence>, 6> trusts{{
    {"verified", Confidence::verified},
    {"verified but old", Confidence::verified_old},
    {"secondary", Confidence::secondary},
    {"recalled", Confidence::recalled},
    {"our reading", Confidence::our_reading},
    {"not found", Confidence::not_found},
}};
constexpr std::array<std::string_view, 4> outcomes{"agrees", "departs", "silent", "open"};

/// A small strict reader: every word it does not know is a problem with its place.
class Reader {
public:
    Reader(const Node& root, std::vector<Problem>& problems) : root_(root), problems_(problems) {}

    Profile profile() {
        Profile made;
        only(root_, {"profile", "edition", "title", "given by", "note", "standards", "sources", "cases"});
        made.code = needed(root_, "profile");
        made.edition = needed(root_, "edition");
        made.title = needed(root_, "title");
        made.given_by = text(root_, "given by");
        made.note = text(root_, "note");
        if (const Node* sources = root_.find("sources"); sources != nullptr && sources->is_mapping())
            for (const Pair& one : sources->pairs)
                made.sources.push_back(source(one));
        else
            wrong(root_, "name the \"sources\" at the foot, each with what, as of and trust");
        if (const Node* standards = root_.find("standards"); standards != nullptr && standards->is_list())
            for (const Node& one : standards->items)
                made.standards.push_back(standard(one, made));
        else
            wrong(root_, "list the \"standards\" of the profile");
        if (const Node* cases = root_.find("cases"); cases != nullptr && cases->is_list())
            for (const Node& one : cases->items)
                made.cases.push_back(example(one, made));
        return made;
    }

private:
    void wrong(const Node& at, std::string sentence) {
        problems_.push_back({at.file == nullptr ? std::string() : *at.file, at.line, at.column, std::move(sentence)});
    }
    void only(const Node& mapping, const std::vector<std::string_view>& words) {
        if (!mapping.is_mapping())
            return wrong(mapping, "words with values are wanted here, like {name: training}");
        for (const Pair& pair : mapping.pairs)
            if (std::find(words.begin(), words.end(), pair.key) == words.end()) {
                const std::string near = nearest(pair.key, words);
                problems_.push_back(
                    {mapping.file == nullptr ? std::string() : *mapping.file, pair.line, pair.column,
                     "unknown word \"" + pair.key + "\"" +
                         (near.empty() ? "; it takes " + one_of(words) : "; did you mean \"" + near + "\"?")});
            }
    }
    std::string text(const Node& mapping, std::string_view word) {
        const Node* node = mapping.find(word);
        if (node == nullptr)
            return {};
        if (!node->is_text() || node->text.empty())
            wrong(*node, "\"" + std::string(word) + "\" takes a text");
        return node->text;
    }
    std::string needed(const Node& mapping, std::string_view word) {
        if (mapping.find(word) == nullptr)
            wrong(mapping, "\"" + std::string(word) + "\" is missing here");
        return text(mapping, word);
    }
    template <class T, std::size_t n>
    T choice(const Node& mapping, std::string_view word, const std::array<std::pair<std::string_view, T>, n>& table) {
        const std::string written = needed(mapping, word);
        std::vector<std::string_view> words;
        for (const auto& [name, value] : table) {
            if (name == written)
                return value;
            words.push_back(name);
        }
        if (const Node* node = mapping.find(word))
            wrong(*node, "\"" + written + "\" is none of " + one_of(words));
        return table.front().second;
    }

    Source source(const Pair& pair) {
        only(pair.value, {"what", "as of", "trust"});
        return {pair.key, needed(pair.value, "what"), needed(pair.value, "as of"), choice(pair.value, "trust", trusts)};
    }

    Standard standard(const Node& node, const Profile& profile) {
        only(node, {"name", "number", "says", "looks at", "figure", "see"});
        Standard made;
        made.place = node.place();
        made.name = needed(node, "name");
        const std::string number = text(node, "number");
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), made.number);
        if (!number.empty() && (error != std::errc{} || end != number.data() + number.size()))
            wrong(*node.find("number"), "\"number\" takes a whole number");
        made.says = text(node, "says");
        made.looks_at = choice(node, "looks at", topics);
        made.see = needed(node, "see");
        const auto known = std::find_if(profile.sources.begin(), profile.sources.end(),
                                        [&](const Source& one) { return one.mark == made.see; });
        if (known == profile.sources.end()) {
            if (const Node* see = node.find("see"))
                wrong(*see, "no source is called \"" + made.see + "\"");
            return made;
        }
        if (const Node* figure = node.find("figure")) {
            const auto bound = parse_bound(figure->text);
            if (!bound.value)
                wrong(*figure, bound.wrong);
            else if (bound.value->bound.unit != Unit::minutes)
                wrong(*figure, "a figure is in hours, like at most 120 h");
            else
                made.figure = bound.value->bound;
            if (!profile.was_read(made))
                wrong(*figure, "a figure that is only recalled, or was not found, is no figure; leave it out");
        } else if (made.looks_at == LooksAt::training_hours || made.looks_at == LooksAt::practice_hours) {
            if (profile.was_read(made))
                wrong(node, "hours are held against a \"figure\"");
        }
        return made;
    }

    ProfileCase example(const Node& node, const Profile& profile) {
        only(node, {"name", "track", "edition", "expect"});
        ProfileCase made{needed(node, "name"), needed(node, "track"), needed(node, "edition"), {}, node.place()};
        const Node* expect = node.find("expect");
        if (expect == nullptr || !expect->is_mapping()) {
            wrong(node, "\"expect\" says for each standard what must come out");
            return made;
        }
        for (const Pair& one : expect->pairs) {
            if (std::none_of(profile.standards.begin(), profile.standards.end(),
                             [&](const Standard& standard) { return standard.name == one.key; }))
                wrong(one.value, "no standard is called \"" + one.key + "\"");
            if (std::find(outcomes.begin(), outcomes.end(), one.value.text) == outcomes.end())
                wrong(one.value, "\"" + one.value.text + "\" is none of agrees, departs, silent or open");
            made.expect.emplace(one.key, one.value.text);
        }
        return made;
    }

    const Node& root_;
    std::vector<Problem>& problems_;
};

} // namespace

const Source& Profile::source(const Standard& standard) const {
    return *std::find_if(sources.begin(), sources.end(),
                         [&standard](const Source& one) { return one.mark == standard.see; });
}

bool Profile::was_read(const Standard& standard) const {
    switch (source(standard).confidence) {
    case Confidence::verified:
    case Confidence::verified_old:
    case Confidence::secondary: return true;
    case Confidence::recalled:
    case Confidence::our_reading:
    case Confidence::not_found: return false;
    }
    return false;
}

bool is_profile(std::string_view path) { return path.ends_with(".profile.yaml"); }

ReadProfile read_profile(const SourceText& source) {
    ReadProfile answer;
    const Node root = read_yaml(source.name, source.text, answer.problems);
    if (has_errors(answer.problems))
        return answer;
    Profile made = Reader(root, answer.problems).profile();
    made.file = source.name;
    if (!has_errors(answer.problems))
        answer.profile = std::move(made);
    return answer;
}

} // namespace peercert::curricula
