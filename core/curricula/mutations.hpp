#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/kinds.hpp>

#include "curricula/edition_reader.hpp"

/// An author's file with one thing in it changed: for asking whether any of its cases would notice a slip of the pen.
namespace peercert::curricula {

/// One text of the file, and what it becomes.
struct Mutation {
    std::string place;              ///< file:line:column of the text
    std::vector<std::string> where; ///< words and names of clauses that lead to it, outermost first
    std::string was;                ///< the whole text as it stands
    std::string becomes;
};

/// What can be changed in one file: every number, day, comparison, unit and word of choice that says a rule. Not
/// changed are sentences for people, names, sources, notes, labels of competencies, the scale,
/// what a public register shows and whom a file is about; `unknown` is not changed
/// into `nothing said`, because both ask somebody to decide; and the event that chooses the edition only while the
/// edition begins or ends on a stated day. In a file that is based on another its own words are changed, not the
/// base's.
class Mutations {
public:
    /// Throws Error{invalid_input} with every problem when the file cannot be read as it is. `kinds` must outlive it.
    Mutations(const SourceText& source, const Kinds* kinds, const FindBase& find_base = {});
    ~Mutations();
    Mutations(Mutations&&) noexcept;

    const std::vector<Mutation>& all() const;
    /// The edition that the changed file says. Nothing when it cannot be read, or says the same. May be called from
    /// several threads.
    std::optional<Edition> with(std::size_t number) const;

private:
    struct File;
    std::unique_ptr<File> file_;
};

/// "to renew certified / continuing education / CE".
std::string where_text(const std::vector<std::string>& where);

} // namespace peercert::curricula
