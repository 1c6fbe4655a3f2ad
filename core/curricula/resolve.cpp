#include "curricula/resolve.hpp"

#include <algorithm>

#include <peercert/nearest.hpp>

#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

class Resolver {
public:
    explicit Resolver(std::vector<Problem>& problems) : problems_(problems) {}

    void wrong(const Node& at, const Pair* pair, std::string sentence) {
        problems_.push_back({at.file == nullptr ? std::string() : *at.file, pair == nullptr ? at.line : pair->line,
                             pair == nullptr ? at.column : pair->column, std::move(sentence)});
    }

    void merge_words(Node& into, const Node& words) {
        for (const Pair& one : words.pairs)
            into.set(one.key, one.value);
    }

    void add_items(Node& into, const Node& more) {
        if (!into.is_list() || !more.is_list()) {
            into = more;
            return;
        }
        for (const Node& item : more.items)
            if (std::none_of(into.items.begin(), into.items.end(),
                             [&](const Node& one) { return one.text == item.text; }))
                into.items.push_back(item);
    }

    /// The clause with that name, at any depth; names met on the way are collected for "did you mean".
    Node* named(Node& node, std::string_view name, std::vector<std::string>& names) {
        if (node.is_mapping())
            if (const Node* own = node.find("name"); own != nullptr && own->is_text()) {
                if (own->text == name)
                    return &node;
                names.push_back(own->text);
            }
        for (Node& item : node.items)
            if (Node* found = named(item, name, names))
                return found;
        for (Pair& one : node.pairs)
            if (Node* found = named(one.value, name, names))
                return found;
        return nullptr;
    }

    void no_such_clause(const Node& at, const Pair* pair, const std::string& name,
                        const std::vector<std::string>& names) {
        const std::string near = nearest(name, std::vector<std::string_view>(names.begin(), names.end()));
        wrong(at, pair,
              "the file it is based on has no clause named \"" + name + "\" here" +
                  (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                  " (only clauses with a \"name\" can be changed)");
    }

    void change(Node& step, const Node& wanted) {
        if (!wanted.is_mapping()) {
            wrong(wanted, nullptr, "\"change\" takes clause names, each with the words to put in");
            return;
        }
        for (const Pair& one : wanted.pairs) {
            std::vector<std::string> names;
            Node* target = nullptr;
            if (find_word(Setting::step, one.key) != nullptr && one.key != "needs" && one.key != "see") {
                // of the step itself; what the base has not is added
                target = step.find(one.key);
                if (target == nullptr) {
                    step.set(one.key, one.value);
                    continue;
                }
            } else if (Node* needs = step.find("needs"))
                target = named(*needs, one.key, names);
            if (target == nullptr)
                no_such_clause(one.value, &one, one.key, names);
            else if (target->is_mapping() && one.value.is_mapping())
                merge_words(*target, one.value);
            else
                *target = one.value;
        }
    }

    void leave_out(Node& step, const Node& wanted) {
        Node* needs = step.find("needs");
        std::vector<const Node*> names;
        if (wanted.is_text())
            names.push_back(&wanted);
        for (const Node& item : wanted.items)
            names.push_back(&item);
        for (const Node* name : names) {
            std::vector<std::string> known;
            if (needs == nullptr || named(*needs, name->text, known) == nullptr)
                no_such_clause(*name, nullptr, name->text, known);
            else
                remove(*needs, name->text);
        }
    }

    void change_step(Node& step, const Node& wanted) {
        for (const Pair& one : wanted.pairs) {
            if (one.key == "change")
                change(step, one.value);
            else if (one.key == "without")
                leave_out(step, one.value);
            else if (one.key == "add")
                add_clauses(step, wanted, one.value);
            else if (one.key != "see")
                wrong(one.value, &one, "unknown word \"" + one.key + "\"; allowed here: change, without, add or see");
        }
    }

private:
    static void remove(Node& node, const std::string& name) {
        std::erase_if(node.items, [&](const Node& item) {
            const Node* own = item.find("name");
            return own != nullptr && own->text == name;
        });
        for (Node& item : node.items)
            remove(item, name);
        for (Pair& one : node.pairs)
            remove(one.value, name);
    }

    void add_clauses(Node& step, const Node& wanted, const Node& clauses) {
        if (!clauses.is_list()) {
            wrong(clauses, nullptr, "\"add\" takes a list of clauses");
            return;
        }
        Node* needs = step.find("needs");
        if (needs == nullptr) {
            Node empty = clauses;
            empty.items.clear();
            step.set("needs", std::move(empty));
            needs = step.find("needs");
        }
        for (Node clause : clauses.items) {
            if (const Node* see = wanted.find("see");
                see != nullptr && clause.is_mapping() && clause.find("see") == nullptr)
                clause.set("see", *see);
            needs->items.push_back(std::move(clause));
        }
    }

    std::vector<Problem>& problems_;
};

bool changes_a_step(const Pair& one) {
    return one.key.starts_with("to ") && one.value.is_mapping() &&
           std::any_of(one.value.pairs.begin(), one.value.pairs.end(), [](const Pair& word) {
               return find_word(Setting::step_changes, word.key) != nullptr && word.key != "see";
           });
}

} // namespace

std::pair<std::string, std::string> base_of(const Node& root, std::vector<Problem>& problems) {
    const Node* base = root.find("based on");
    if (base == nullptr) {
        if (const Pair* changes = root.pair("changes"))
            problems.push_back(
                {*changes->value.file, changes->line, changes->column, "\"changes\" belongs beside \"based on\""});
        return {};
    }
    const std::size_t blank = base->text.find(' ');
    if (blank == std::string::npos || blank == 0 || base->text.find(' ', blank + 1) != std::string::npos ||
        blank + 1 == base->text.size()) {
        problems.push_back(
            {*base->file, base->line, base->column, "\"based on\" takes a code and an edition, like wi-cps 2024"});
        return {};
    }
    return {base->text.substr(0, blank), base->text.substr(blank + 1)};
}

Node resolve(const Node& root, const Node& base, std::vector<Problem>& problems) {
    Resolver resolver(problems);
    Node made = base;
    made.file = root.file;
    made.line = root.line;
    made.column = root.column;
    std::erase_if(made.pairs, [](const Pair& one) { return one.key == "replaces" || one.key == "note"; });
    for (const Pair& one : root.pairs) {
        Node* present = made.find(one.key);
        if (one.key == "based on" || one.key == "changes")
            continue;
        if (present != nullptr && (one.key == "sources" || one.key == "meanings") && present->is_mapping() &&
            one.value.is_mapping())
            resolver.merge_words(*present, one.value);
        else if (present != nullptr && (one.key == "courses" || one.key == "topics" || one.key == "uses"))
            resolver.add_items(*present, one.value);
        else
            made.set(one.key, one.value);
    }
    const Node* changes = root.find("changes");
    if (changes == nullptr)
        return made;
    if (!changes->is_mapping()) {
        resolver.wrong(*changes, nullptr, "\"changes\" takes the words of the file that differ");
        return made;
    }
    for (const Pair& one : changes->pairs) {
        Node* present = made.find(one.key);
        if (!changes_a_step(one))
            made.set(one.key, one.value);
        else if (present == nullptr)
            resolver.wrong(one.value, &one, "the file it is based on has no \"" + one.key + "\"");
        else
            resolver.change_step(*present, one.value);
    }
    return made;
}

} // namespace peercert::curricula
