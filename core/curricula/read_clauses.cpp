#include <algorithm>
#include <utility>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

bool is_plugin_word(std::string_view word) { return word.find(':') != std::string_view::npos; }

std::vector<std::string_view> kind_names() {
    std::vector<std::string_view> names;
    for (const KindWord& one : kind_words())
        names.push_back(one.word.word);
    return names;
}

/// The one word of the clause that says its kind; nullptr (and a problem) for none or several.
const Pair* kind_of(Reading& reading, const Node& node) {
    const Pair* found = nullptr;
    for (const Pair& one : node.pairs) {
        if (!is_plugin_word(one.key) && find_kind_word(one.key) == nullptr)
            continue;
        if (one.key == "level" && node.find("holds") != nullptr)
            continue;
        if (found != nullptr) {
            reading.wrong(one, "a clause has one kind word, and this one has \"" + found->key +
                                   "\" already; make it a clause of its own");
            return nullptr;
        }
        found = &one;
    }
    if (found == nullptr) {
        std::string near;
        for (const Pair& one : node.pairs)
            if (near.empty() && find_word(Setting::clause, one.key) == nullptr)
                near = nearest(one.key, kind_names());
        reading.wrong(node, std::string("no word here says what kind of clause this is; ") +
                                (near.empty() ? "" : "did you mean \"" + near + "\"? ") +
                                "kinds: " + one_of(kind_names()) + ", or a plugin's PLUGIN:KIND");
    }
    return found;
}

void only_words_of(Reading& reading, const Node& node, const Pair& kind) {
    const KindWord* word = find_kind_word(kind.key);
    const std::vector<std::string_view> more{kind.key};
    if (word == nullptr)
        reading.only(node, {Setting::clause}, more);
    else if (word->modifiers == Setting::ce || word->modifiers == Setting::attendance)
        reading.only(node, {Setting::clause, Setting::measure, word->modifiers}, more);
    else
        reading.only(node, {Setting::clause, word->modifiers}, more);
}

/// Of what stands in alternatives each is the first in its own way: what one says of hours of continuing education does
/// not make those of the other the second.
class Alternatives {
public:
    explicit Alternatives(Surroundings& around) : around_(around), before_(around.ce_clauses), most_(before_) {}

    void next() {
        most_ = std::max(most_, around_.ce_clauses);
        around_.ce_clauses = before_;
    }
    void done() { around_.ce_clauses = std::max(most_, around_.ce_clauses); }

private:
    Surroundings& around_;
    int before_;
    int most_;
};

RequirementBody read_group(Reading& reading, const Pair& kind, const std::string& see, Surroundings& around) {
    Group group;
    const bool outside = std::exchange(around.under_none_of, around.under_none_of || kind.key == "none of");
    if (kind.key == "any of" && kind.value.is_list() && !kind.value.items.empty()) {
        Alternatives alternatives(around);
        for (const Node& item : kind.value.items) {
            alternatives.next();
            group.parts.push_back(read_clause(reading, item, see, around));
        }
        alternatives.done();
    } else {
        group.parts = read_clauses(reading, kind.value, see, around);
    }
    around.under_none_of = outside;
    if (kind.key == "any of") {
        group.op = Group::Op::any;
    } else if (kind.key == "none of") {
        group.op = Group::Op::none;
    } else if (kind.key != "all of") {
        group.op = Group::Op::at_least;
        const std::string number = kind.key.substr(9, kind.key.size() - 12);
        const auto count = parse_amount(number, BareNumber::count);
        if (!count.value || count.value->amount.value < 1)
            reading.wrong(kind, "write a number, like \"at least 2 of\"");
        else if (count.value->amount.value > static_cast<std::int64_t>(group.parts.size()))
            reading.wrong(kind, "\"" + kind.key + "\" asks for more than the " + std::to_string(group.parts.size()) +
                                    " that are listed");
        else
            group.needed = static_cast<int>(count.value->amount.value);
    }
    return group;
}

RequirementBody read_conditional(Reading& reading, const Node& node, const Pair& kind, const std::string& see,
                                 Surroundings& around) {
    Conditional made;
    made.parts.push_back(read_clause_or_list(reading, kind.value, see, around, "if"));
    Alternatives alternatives(around);
    const Node* then = node.find("then");
    if (then == nullptr)
        reading.wrong(node, "\"if\" wants a \"then\" beside it");
    else
        made.parts.push_back(read_clause_or_list(reading, *then, see, around, "then"));
    alternatives.next();
    if (const Node* otherwise = node.find("otherwise"); otherwise != nullptr && then != nullptr)
        made.parts.push_back(read_clause_or_list(reading, *otherwise, see, around, "otherwise"));
    alternatives.done();
    return made;
}

/// `everything: to become trainee`: that step's needs, read once more as part of this one.
RequirementBody read_everything(Reading& reading, const Node& node, const Pair& kind, Surroundings& around) {
    Group group;
    const std::string key = reading.text(kind.value);
    const Node* step = step_of(key) ? reading.root.find(key) : nullptr;
    if (step == nullptr || !step->is_mapping() || step->find("needs") == nullptr) {
        std::vector<std::string_view> steps;
        for (const Pair& one : reading.root.pairs)
            if (step_of(one.key))
                steps.push_back(one.key);
        const std::string near = nearest(key, steps);
        reading.wrong(kind.value, "\"everything\" takes a step of this file that has needs" +
                                      (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
        return group;
    }
    if (std::find(reading.expanding.begin(), reading.expanding.end(), key) != reading.expanding.end()) {
        reading.wrong(kind.value, "\"" + key + "\" would contain itself");
        return group;
    }
    constexpr int most_copies = 100;
    if (++reading.copies > most_copies) {
        reading.wrong(kind.value, "this file copies steps more than 100 times; write the clauses out");
        return group;
    }
    reading.expanding.push_back(key);
    Surroundings copied = around;
    group.parts = read_clauses(reading, *step->find("needs"), reading.see(*step, {}), copied);
    reading.expanding.pop_back();
    for (const std::string& name : reading.texts_at(node, "without")) {
        const auto removed = std::remove_if(group.parts.begin(), group.parts.end(),
                                            [&](const Requirement& one) { return one.name == name; });
        if (removed == group.parts.end())
            reading.wrong(*node.find("without"), "\"" + key + "\" has no clause called \"" + name + "\"");
        group.parts.erase(removed, group.parts.end());
    }
    return group;
}

RequirementBody read_age(Reading& reading, const Node& node, const Pair& kind) {
    AgeRule rule;
    if (const auto years = reading.phrase<BoundPhrase>(
            kind.value, [](std::string_view text) { return parse_bound(text, BareNumber::years); })) {
        rule.years = years->bound;
        if (rule.years.unit != Unit::years)
            reading.wrong(kind.value, "an age is in years, like at least 18");
    }
    if (const Node* day = node.find("measured at")) {
        if (const auto measured = reading.phrase<DayExpression>(*day, parse_day)) {
            refuse_business_days(reading, *day, *measured);
            check_day(reading, *day, *measured);
            rule.measured_at = *measured;
        }
    } else {
        reading.wrong(node,
                      "say \"measured at\" here (applying, issue ...): nobody can guess on which day the age is taken");
    }
    rule.leap_day =
        leap_day_of(reading.mandatory_choice(node, Setting::age, "February 29", "someone may be born on that day"));
    return rule;
}

RequirementBody read_credential(Reading& reading, const Node& node, const Pair& kind, const Surroundings& around) {
    HoldsCredential rule;
    if (kind.key == "holds") {
        rule.track = reading.text(kind.value);
        rule.level = reading.text_at(node, "level");
    } else {
        rule.level = reading.text(kind.value);
        reading.use(NameKind::level, rule.level, kind.value);
    }
    if (const Node* day = node.find("measured at"))
        if (const auto measured = reading.phrase<DayExpression>(*day, parse_day)) {
            refuse_business_days(reading, *day, *measured);
            check_day(reading, *day, *measured);
            rule.on = *measured;
            if (around.place == Surroundings::Place::elsewhere && !exists_for_certain(*measured, around))
                reading.wrong(*day, "outside a step only asked, or a literal day, is certain to exist");
        }
    rule.held_for = read_held_for(reading, node);
    rule.good_standing = reading.choice_at(node, Setting::credential, "in good standing") == "yes";
    return rule;
}

/// A meaning that stands under "none of" has to say of its facts what silence means, as if it were written there.
void check_under_none_of(Reading& reading, const std::string& name) {
    const Node* meanings = reading.root.find("meanings");
    const Node* meaning = meanings == nullptr ? nullptr : meanings->find(name);
    if (meaning == nullptr || !reading.under_none_of.insert(name).second)
        return;
    Surroundings around;
    around.under_none_of = true;
    (void)read_clause_or_list(reading, *meaning, {}, around, name);
}

EntryKind entry_kind_of(std::string_view word) {
    if (word == "statement")
        return EntryKind::attestation;
    if (word == "training" || word == "training hours")
        return EntryKind::training;
    if (word == "competency")
        return EntryKind::sign_off;
    if (word == "fact")
        return EntryKind::fact;
    if (word == "practice")
        return EntryKind::practice;
    if (word == "supervision")
        return EntryKind::supervision;
    if (word == "CE")
        return EntryKind::ce;
    if (word == "activity")
        return EntryKind::activity;
    if (word == "attendance")
        return EntryKind::attendance;
    return EntryKind::document; // document, schooling
}

RequirementBody read_body(Reading& reading, const Node& node, const Pair& kind, const std::string& see,
                          Surroundings& around) {
    const std::string& word = kind.key;
    if (is_plugin_word(word))
        return read_plugin_rule(reading, kind);
    if (word == "all of" || word == "any of" || word == "none of" || word.starts_with("at least "))
        return read_group(reading, kind, see, around);
    if (word == "in this order")
        return read_order(reading, node, kind, see, around);
    if (word == "if")
        return read_conditional(reading, node, kind, see, around);
    if (word == "everything")
        return read_everything(reading, node, kind, around);
    if (word == "meaning") {
        const std::string name = reading.text(kind.value);
        reading.use(NameKind::meaning, name, kind.value);
        if (around.under_none_of)
            check_under_none_of(reading, name);
        return UseMeaning{name};
    }
    if (word == "body decides")
        return BodyDecides{reading.text(kind.value)};
    if (word == "unknown" || word == "nothing said")
        return NotKnown{word == "unknown" ? Knowing::unknown : Knowing::nothing_said};
    if (word == "asked on")
        return AskedOn{read_literal_days(reading, node, word), false};
    if (word == "applied on")
        return AskedOn{read_literal_days(reading, node, word), true};
    if (word == "age")
        return read_age(reading, node, kind);
    if (word == "exam")
        return read_exam(reading, node, kind, around);
    if (word == "attempts")
        return read_attempts(reading, kind, around);
    if (word == "holds" || word == "level")
        return read_credential(reading, node, kind, around);
    if (find_kind_word(word)->word.takes == Takes::names)
        return read_entries(reading, node, kind, entry_kind_of(word), around);
    return read_measure(reading, node, kind, entry_kind_of(word), around);
}

/// What a clause is called when its author gave no name.
std::string made_name(const Pair& kind) {
    const Word* word = is_plugin_word(kind.key) ? nullptr : &find_kind_word(kind.key)->word;
    if (word == nullptr || !kind.value.is_text() || word->takes == Takes::bound || kind.key == "exam")
        return kind.key;
    if (kind.key == "unknown" || kind.key == "nothing said" || kind.key == "body decides")
        return kind.value.text;
    return kind.key + " " + kind.value.text;
}

bool holds_clauses(const Pair& kind) {
    const Takes takes = find_kind_word(kind.key)->word.takes;
    return takes == Takes::clause || takes == Takes::clauses || takes == Takes::ordered;
}

void name_it(Reading& reading, const Node& node, const Pair& kind, Requirement& made, Surroundings& around) {
    made.name = reading.text_at(node, "name");
    const bool given = !made.name.empty();
    if (!given)
        made.name = made_name(kind);
    reading.define(NameKind::clause, made.name);
    const bool must_differ = given || std::holds_alternative<Measure>(made.body);
    if (must_differ && !around.names.insert(made.name).second)
        reading.wrong(node,
                      "two clauses of this step are called \"" + made.name + "\"; give each a \"name\" of its own");
}

} // namespace

Stated<LeapDay> leap_day_of(const std::string& word) {
    if (word == "unknown" || word == "nothing said" || word.empty())
        return {word == "unknown" ? Knowing::unknown : Knowing::nothing_said, {}};
    return {Knowing::stated, word == "march 1" ? LeapDay::march_1 : LeapDay::february_28};
}

Requirement read_clause(Reading& reading, const Node& node, const std::string& see, Surroundings& around) {
    Requirement made;
    made.place = node.place();
    if (!node.is_mapping()) {
        reading.wrong(node, "a clause is a kind word and its value, like \"age: at least 18\"");
        return made;
    }
    const Pair* kind = kind_of(reading, node);
    if (kind == nullptr) {
        if (const Node* name = node.find("name"); name != nullptr && name->is_text())
            reading.define(NameKind::clause, name->text); // it is there, though nobody can read it
        return made;
    }
    only_words_of(reading, node, *kind);
    made.word = kind->key;
    made.see = reading.see(node, see);
    made.note = reading.text_at(node, "note");
    made.body = read_body(reading, node, *kind, made.see, around);
    name_it(reading, node, *kind, made, around);
    if (kind->value.is_text() ? kind->key != "everything"
                              : find_kind_word(kind->key) == nullptr || !holds_clauses(*kind))
        reading.need_see(node, made.see, "this clause");
    if (auto* group = std::get_if<Group>(&made.body))
        for (Requirement& part : group->parts)
            if (part.see.empty())
                part.see = made.see;
    if (const Node* unless = node.find("unless"))
        made.unless.push_back(read_clause_or_list(reading, *unless, made.see, around, "unless"));
    return made;
}

std::vector<Requirement> read_clauses(Reading& reading, const Node& node, const std::string& see,
                                      Surroundings& around) {
    std::vector<Requirement> all;
    if (!node.is_list()) {
        reading.wrong(node, "a list of clauses is wanted here, each beginning with \"- \"");
        return all;
    }
    if (node.items.empty())
        reading.wrong(node, "this list of clauses is empty");
    for (const Node& item : node.items)
        all.push_back(read_clause(reading, item, see, around));
    return all;
}

Requirement read_clause_or_list(Reading& reading, const Node& node, const std::string& see, Surroundings& around,
                                std::string_view name) {
    if (!node.is_list())
        return read_clause(reading, node, see, around);
    Requirement made;
    made.name = name;
    made.word = "all of";
    made.see = see;
    made.place = node.place();
    made.body = Group{Group::Op::all, 0, read_clauses(reading, node, see, around)};
    return made;
}

} // namespace peercert::curricula
