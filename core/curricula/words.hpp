#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every word of the language, once: what it takes, what it means, an example. The reader's checks, the JSON Schema for
/// editors and the help texts all come from here.
namespace peercert::curricula {

/// Where words stand together: one set of words each.
enum class Setting {
    head,        ///< a file's own words
    course_head, ///< more words of a `course:` file
    in_force,
    in_flight,
    public_register,
    titled,
    period,
    changes,      ///< under `changes`, besides the words of the head
    step_changes, ///< under `changes: to ... :`
    source,
    level,
    step,
    afterwards,
    calendar,      ///< words of a calendar of closed days
    calendar_file, ///< more words of its own file
    closed_day,
    filing,
    fee,
    lasts,
    anniversary, ///< a clock's own words, beside those of lasts
    birthday,
    fixed_day,
    month_start,
    calendar_year,
    regime,
    term,    ///< under `term`, when the holder chooses
    clause,  ///< words that every clause may have
    entries, ///< modifiers of statement, document, training ...
    fact,
    age,
    exam,
    measure,
    attendance,
    ce,
    credential,
    conditional,
    everything,
    in_order,
    attempts, ///< inside `attempts`
    for_every,
    in_each,
    not_used_by,
    piece,
    part,
    either, ///< {any of: [...]}
    after_expiry,
    rung,
    purpose,
    restriction,
    exception,
    group,
    outcome,
    category,
    item,
    scale,
    sign_off,
    case_file,
    test_case,
    person,
    holding,
    leader,
    ledger_line,
    expectations,
    known_warning,
    excuse, ///< of a change that no case can notice
    none    ///< not a mapping
};

/// What a word takes.
enum class Takes {
    text,       ///< any text
    name,       ///< a name or code
    day,        ///< YYYY-MM-DD
    day_phrase, ///< a day, named or moved
    dated,
    amount,
    bound,
    span,
    number,
    choice,  ///< one of `allowed`
    texts,   ///< a list, or one text
    names,   ///< a name, a list (all of them) or {any of: [...]}
    clause,  ///< one clause, or a list that means all
    clauses, ///< a list of clauses
    ordered, ///< a list of clauses and named days
    mapping, ///< the words of `inside`
    list,    ///< a list of mappings of `inside`
    table,   ///< names of the author's own, each with the words of `inside`
    levels,  ///< a list of names, or a table of `inside`
    fee,
    rungs_or_word,
    span_or_choice, ///< a span, or the words of `inside`
    by_day,         ///< a text, or a list of mappings of `inside`
    parts,
    leaders,
    items,
    rung_end,
    month_day,
    amounts, ///< names, each with an amount
    pairs,   ///< names, each with a text
    periods, ///< names, each with a list of `inside`
    uses,    ///< a name, a mapping of `inside`, or a list of these
    reasons, ///< entry numbers, each with a reason
    any      ///< the author's or a plugin's own
};

struct Word {
    std::string_view word;
    Takes takes{Takes::text};
    std::string_view allowed; ///< fixed words that are taken too (for choice: only these), separated by |
    std::string_view help;
    std::string_view example;
    Setting inside{Setting::none};
};

/// A word that a clause may start with.
struct KindWord {
    Word word;
    Setting modifiers{Setting::none}; ///< words it may have besides those of every clause
};

std::span<const Word> words_of(Setting setting);
std::span<const KindWord> kind_words();
const Word* find_word(Setting setting, std::string_view word);
const KindWord* find_kind_word(std::string_view word);

/// `a|b|c` as a list.
std::vector<std::string_view> split_words(std::string_view allowed);

/// "a, b or c".
std::string one_of(const std::vector<std::string_view>& words);

/// The `to VERB LEVEL` verbs and, for cases, what can be asked; "at least N of" is the one kind word with a number in
/// it.
std::span<const std::string_view> step_verbs();

} // namespace peercert::curricula
