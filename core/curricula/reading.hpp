#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/kinds.hpp>

#include "curricula/case.hpp"
#include "curricula/node.hpp"
#include "curricula/phrases.hpp"
#include "curricula/words.hpp"

/// What the readers of one file share: problems found, names used and names defined. Private to the room.
namespace peercert::curricula {

/// What a name in a file must be one of.
enum class NameKind { course, topic, part, level, role, meaning, clause, calendar };

/// Which days exist for certain while a clause is judged.
struct Surroundings {
    enum class Place { become, renew, elsewhere } place{Place::elsewhere};
    std::vector<std::string> held_levels; ///< levels that the step guarantees
    const Filing* filing{nullptr};        ///< for `signed: again`
    bool has_term{false};                 ///< there is a term already
    bool is_renewal_step{false};          ///< what a first renewal asks must be said here
    bool names_documents{false};          ///< "courses" names documents, which nothing has to define
    bool under_none_of{false};            ///< what silence means must be said of facts
    int ce_clauses{0};                    ///< seen so far in this step
    std::set<std::string> names;          ///< of clauses, given so far in this step
};

class Reading {
public:
    Reading(const Node& whole_file, const Kinds* known_kinds, std::vector<Problem>& problems)
        : root(whole_file), kinds(known_kinds), problems_(problems) {}

    const Node& root;
    const Kinds* kinds; ///< nullptr: words of plugins are taken as they come
    Edition edition;
    bool needs_sources{true};            ///< not for a `course:` file
    std::vector<std::string> expanding;  ///< steps being copied by `everything`, innermost last
    std::set<std::string> under_none_of; ///< meanings read once more as standing under "none of"
    int copies{0};                       ///< made by `everything` so far: copies of copies could be without end

    void wrong(const Node& at, std::string sentence);
    void wrong(const Pair& at, std::string sentence);
    void warn(const Node& at, std::string sentence);

    /// Refuses every word that none of the settings has; `more` are further words allowed here.
    void only(const Node& mapping, std::initializer_list<Setting> settings,
              const std::vector<std::string_view>& more = {});
    /// False (and a problem) unless the node is a mapping.
    bool is_mapping(const Node& node, std::string_view what);
    /// False (and a problem) unless the node is a list.
    bool is_list(const Node& node, std::string_view what);

    /// One plain text; empty (and a problem) when it is something else.
    std::string text(const Node& node);
    std::string text_at(const Node& mapping, std::string_view word); ///< empty when absent
    /// A list of texts, or one text.
    std::vector<std::string> texts(const Node& node);
    std::vector<std::string> texts_at(const Node& mapping, std::string_view word);
    /// A name, a list that means all, or {any of: [...]}.
    struct Names {
        std::vector<std::string> names;
        bool any{false};
    };
    Names names(const Node& node);
    /// One of the words that the table allows; empty when absent or wrong.
    std::string choice_at(const Node& mapping, Setting setting, std::string_view word);
    /// The same, and a problem when it is absent: `why` says what cannot be guessed.
    std::string mandatory_choice(const Node& mapping, Setting setting, std::string_view word, std::string_view why);
    std::optional<Date> day(const Node& node);
    std::optional<Date> day_at(const Node& mapping, std::string_view word);
    std::optional<int> number_at(const Node& mapping, std::string_view word, int most);

    template <class T, class Parse>
    std::optional<T> phrase(const Node& node, Parse parse) {
        const std::string written = text(node);
        if (written.empty())
            return std::nullopt;
        Phrase<T> read = parse(written);
        if (!read.value)
            wrong(node, read.wrong);
        return std::move(read.value);
    }
    /// A phrase, or one of none / unknown / nothing said as far as the table allows them.
    template <class T, class Parse>
    std::optional<Stated<T>> stated(const Node& mapping, Setting setting, std::string_view word, Parse parse) {
        const Node* node = mapping.find(word);
        if (node == nullptr)
            return std::nullopt;
        if (const auto knowing = knowing_of(*node, find_word(setting, word)))
            return Stated<T>{*knowing, {}};
        if (auto value = phrase<T>(*node, parse))
            return Stated<T>{Knowing::stated, std::move(*value)};
        return std::nullopt;
    }
    /// Which way of not knowing a value is, if it is one that `word` takes.
    std::optional<Knowing> knowing_of(const Node& node, const Word* word) const;
    static Stated<bool> yes_or_no(const std::string& word, std::string_view yes = "yes");

    /// The source mark that holds inside `mapping`; checks that it exists.
    std::string see(const Node& mapping, const std::string& inherited);
    /// A problem when a file that needs sources has none here.
    void need_see(const Node& at, const std::string& mark, std::string_view what);

    void use(NameKind kind, std::string_view name, const Node& at);
    void use(NameKind kind, const std::vector<std::string>& names, const Node& at);
    void define(NameKind kind, std::string_view name);
    bool is_defined(NameKind kind, std::string_view name) const;
    /// After everything is read: names that nothing defines.
    void check_names();

    Parameters parameters(const Node& node) const;

    /// Parsers of amounts and bounds that know the edition's own units.
    auto bounds() const {
        return [this](std::string_view text) { return parse_bound(plain_units(text, edition.units)); };
    }
    auto amounts() const {
        return [this](std::string_view text) { return parse_amount(plain_units(text, edition.units)); };
    }

private:
    struct Use {
        NameKind kind;
        std::string name;
        const Node* at;
    };
    void add(const std::string* file, int line, int column, std::string sentence, bool warning);

    std::vector<Problem>& problems_;
    std::vector<Use> used_;
    std::set<std::pair<NameKind, std::string>, std::less<>> defined_;
};

// One reader a part of the language; each adds to reading.edition or returns what it read.
Requirement read_clause(Reading& reading, const Node& node, const std::string& see, Surroundings& around);
/// One clause, or a list that means all.
Requirement read_clause_or_list(Reading& reading, const Node& node, const std::string& see, Surroundings& around,
                                std::string_view name);
std::vector<Requirement> read_clauses(Reading& reading, const Node& node, const std::string& see, Surroundings& around);
RequirementBody read_plugin_rule(Reading& reading, const Pair& kind);
RequirementBody read_order(Reading& reading, const Node& clause, const Pair& kind, const std::string& see,
                           Surroundings& around);
RequirementBody read_exam(Reading& reading, const Node& clause, const Pair& kind, const Surroundings& around);
RequirementBody read_attempts(Reading& reading, const Pair& kind, const Surroundings& around);
RequirementBody read_measure(Reading& reading, const Node& clause, const Pair& kind, EntryKind entries,
                             Surroundings& around);
/// Words beside a measure that change what is asked: for every, for each year, in each, from at least, whole.
void read_multiples(Reading& reading, const Node& clause, Measure& made, const Surroundings& around);
/// An amount in the unit given; own units of the edition are minutes.
std::optional<std::int64_t> amount_at(Reading& reading, const Node& mapping, std::string_view word, Unit unit);
RequirementBody read_entries(Reading& reading, const Node& clause, const Pair& kind, EntryKind entries,
                             Surroundings& around);
Selection read_selection(Reading& reading, const Node& mapping, const Surroundings& around);
std::optional<Window> read_window(Reading& reading, const Node& mapping, std::string_view word,
                                  const Surroundings& around);
/// Both ends included, whatever words were used; a problem for anything that is no literal day.
DayRange read_literal_days(Reading& reading, const Node& mapping, std::string_view word);
std::optional<Span> read_held_for(Reading& reading, const Node& mapping);
/// "march 1" and the like; open when it is empty.
Stated<LeapDay> leap_day_of(const std::string& word);
/// Whether the day exists wherever a clause with these surroundings is judged.
bool exists_for_certain(const DayExpression& day, const Surroundings& around);
void check_day(Reading& reading, const Node& at, const DayExpression& day);
/// For days that have to be known whatever calendars list.
void refuse_business_days(Reading& reading, const Node& at, const DayExpression& day);
void refuse_business_days(Reading& reading, const Node& at, const std::optional<Window>& window);
/// The named and literal days that a day is made of.
std::vector<const DayExpression*> leaves_of(const DayExpression& day);
std::vector<Fee> read_fee(Reading& reading, const Node& node, const std::string& see, const Surroundings& around);
/// [{until: 2025-11-02, called: A}, {from: 2025-11-03, called: B}]
std::vector<Titled> read_titles_by_day(Reading& reading, const Node& list);
Lasts read_lasts(Reading& reading, const Node& node, const std::string& see);
void read_head(Reading& reading);
void read_levels(Reading& reading);
void read_steps(Reading& reading);
void read_after_expiry(Reading& reading);
void read_groups(Reading& reading);
void read_competencies(Reading& reading);
void read_purposes_and_exceptions(Reading& reading);

/// Entries of a case, numbered from 1.
std::vector<LedgerLine> read_ledger(Reading& reading, const Node& node);
/// A day, or no_end for "no end".
std::optional<Date> read_last_day(Reading& reading, const Node& node, std::string_view word);

/// "to become certified" as verb and level.
std::optional<std::pair<Step::Verb, std::string>> step_of(std::string_view key);

} // namespace peercert::curricula
