#include "curricula/lint.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "curricula/lint_rules.hpp"
#include "curricula/node.hpp"
#include "curricula/resolve.hpp"

namespace peercert::curricula {

namespace {

/// Every word and value of a file that may use a name, besides where names are listed: at the head. In a clause
/// "courses" chooses.
void collect_uses(const Node& node, std::vector<std::string>& uses, bool at_head = true) {
    static const std::set<std::string, std::less<>> skipped{"note", "name", "title", "what", "because"};
    static const std::set<std::string, std::less<>> listing{"courses", "topics", "sources", "known warnings"};
    if (node.is_text())
        uses.push_back(node.text);
    for (const Node& item : node.items)
        collect_uses(item, uses, false);
    for (const Pair& one : node.pairs) {
        if (skipped.contains(one.key) || (at_head && listing.contains(one.key)))
            continue;
        uses.push_back(one.key);
        collect_uses(one.value, uses, false);
    }
}

/// "completing wa-peer-course" uses the course: a name counts as used where it is the text, or its last words.
bool is_used(const std::string& name, const std::vector<std::string>& uses) {
    return std::any_of(uses.begin(), uses.end(), [&](const std::string& text) {
        if (text == name)
            return true;
        const std::size_t at = text.find(name);
        if (at == std::string::npos)
            return false;
        const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '/';
        const bool ends = at + name.size() == text.size() || text[at + name.size()] == ' ';
        return begins && ends;
    });
}

class Linting {
public:
    Linting(const SourceText& source, const Kinds* kinds, const FindBase& find_base, Date today)
        : source_(source), kinds_(kinds), find_base_(find_base), today_(today) {}

    std::vector<LintFinding> everything() {
        const ReadEdition read = read_edition(source_, kinds_, find_base_);
        for (const Problem& one : read.problems)
            found_.push_back({one.warning ? "dates" : "reading",
                              one.file,
                              one.line,
                              one.column,
                              !one.warning,
                              one.sentence,
                              {},
                              {}});
        std::vector<Problem> said;
        root_ = read_yaml(source_.name, source_.text, said);
        if (read.edition) {
            const Edition& edition = *read.edition;
            const LintTeller teller{
                [&](const char* rule, const std::string& place, bool error, std::string sentence, std::string mend) {
                    add(rule, place, error, std::move(sentence), std::move(mend));
                }};
            lint_totals(edition, teller);
            lint_branches(edition, today_, teller);
            lint_levels(
                edition, [&](const std::string& level) { return place_of_level(level); }, teller);
            lint_closed_days(edition, teller);
            lint_memory(edition, teller);
            unused(edition);
            leave_to_the_base();
            known_warnings();
        }
        std::stable_sort(found_.begin(), found_.end(), [](const LintFinding& one, const LintFinding& other) {
            return std::tie(one.line, one.column) < std::tie(other.line, other.column);
        });
        return std::move(found_);
    }

private:
    void add(const char* rule, const std::string& place, bool error, std::string sentence, std::string mend) {
        const Problem at = problem_at(place, std::move(sentence));
        LintFinding made{rule, at.file, at.line, at.column, error, at.sentence, std::move(mend), {}};
        if (std::find(found_.begin(), found_.end(), made) == found_.end()) // copied clauses are met twice
            found_.push_back(std::move(made));
    }

    std::string place_of_level(const std::string& level) const {
        const Node* levels = root_.find("levels");
        if (levels != nullptr)
            for (const Node& item : levels->items)
                if (item.text == level)
                    return item.place();
        if (const Pair* pair = levels == nullptr ? nullptr : levels->pair(level))
            return source_.name + ":" + std::to_string(pair->line) + ":" + std::to_string(pair->column);
        return source_.name;
    }

    /// Names that the file itself lists and nothing in it, or in what it is based on, uses.
    void unused(const Edition& edition) {
        std::vector<Problem> said;
        const std::string name = source_.name;
        const Node whole = read_yaml(name, edition.full_text, said);
        std::vector<std::string> uses;
        collect_uses(whole, uses);
        for (const auto& [word, what] : {std::pair{"courses", "course"}, std::pair{"topics", "word of entries"}})
            if (const Node* list = root_.find(word))
                for (const Node& item : list->items)
                    if (!is_used(item.text, uses))
                        add("unused", item.place(), false,
                            "the " + std::string(what) + " \"" + item.text + "\" is listed and no rule uses it",
                            "take it out of \"" + std::string(word) + "\", or write the rule that is missing");
        if (const Node* meanings = root_.find("meanings"))
            for (const Pair& one : meanings->pairs)
                if (std::count(uses.begin(), uses.end(), one.key) < 2)
                    add("unused", source_.name + ":" + std::to_string(one.line) + ":" + std::to_string(one.column),
                        false, "no rule uses the meaning \"" + one.key + "\"",
                        "take it out, or write the rule that is missing");
        if (const Node* sources = root_.find("sources"))
            for (const Pair& one : sources->pairs)
                if (!is_used(one.key, uses))
                    add("unused", source_.name + ":" + std::to_string(one.line) + ":" + std::to_string(one.column),
                        false, "no clause rests on the source \"" + one.key + "\"",
                        "take it out, or write see: " + one.key);
    }

    /// A clause taken over from another file is looked at there, and its warnings are kept or mended there.
    void leave_to_the_base() {
        std::vector<Problem> said;
        const auto [code, edition] = base_of(root_, said);
        const auto base = code.empty() || !find_base_ ? std::nullopt : find_base_(code, edition);
        if (!base)
            return;
        const std::vector<LintFinding> there = lint(*base, kinds_, find_base_, today_);
        std::erase_if(found_, [&](const LintFinding& mine) {
            return !mine.error && std::any_of(there.begin(), there.end(), [&](const LintFinding& one) {
                return std::tie(one.rule, one.file, one.line, one.column, one.sentence) ==
                       std::tie(mine.rule, mine.file, mine.line, mine.column, mine.sentence);
            });
        });
    }

    void known_warnings() {
        const Node* known = root_.find("known warnings");
        if (known == nullptr || !known->is_list())
            return;
        for (const Node& one : known->items) {
            const Node* says = one.find("says");
            const Node* because = one.find("because");
            if (says == nullptr || because == nullptr || says->text.empty() || because->text.empty()) {
                add("known", one.place(), true, "a known warning \"says\" words out of the warning, and \"because\"",
                    {});
                continue;
            }
            bool needed = false;
            for (LintFinding& finding : found_)
                if (!finding.error && finding.sentence.find(says->text) != std::string::npos) {
                    finding.because = because->text;
                    needed = true;
                }
            if (!needed)
                add("known", one.place(), true, "no warning says \"" + says->text + "\" any more", "take this out");
        }
    }

    const SourceText& source_;
    const Kinds* kinds_;
    const FindBase& find_base_;
    Date today_;
    Node root_;
    std::vector<LintFinding> found_;
};

} // namespace

std::vector<LintFinding> lint(const SourceText& source, const Kinds* kinds, const FindBase& find_base, Date today) {
    return Linting(source, kinds, find_base, today).everything();
}

} // namespace peercert::curricula
