#pragma once

#include <string>
#include <vector>

#include <peercert/edition.hpp>

/// The reading, aloud: what the engine understood, in plain sentences, so that an author can proof-read it.
namespace peercert::curricula {

/// One clause of a rule, or a heading above clauses.
struct ExplainedLine {
    int depth{0};
    std::string name;     ///< the clause's name; empty when it says nothing that the sentence does not
    std::string sentence; ///< no full stop
    std::string note;     ///< the author's remark
    std::string see;      ///< source mark
    std::string place;    ///< file:line:column
};

/// The clause and those inside it, in order.
std::vector<ExplainedLine> explain(const Requirement& clause, int depth = 0);
/// A step: who may ask, when to file, what it needs, what it costs, how long it lasts.
std::vector<ExplainedLine> explain(const Edition& edition, const Step& step);
std::vector<ExplainedLine> explain_after_expiry(const Edition& edition);
std::vector<ExplainedLine> explain(const Format& format);
std::vector<ExplainedLine> explain(const Level& level);
std::vector<ExplainedLine> explain(const Purpose& purpose);
std::vector<ExplainedLine> explain(const ExceptionRule& rule);

/// Who signs competencies off, and by which words.
std::vector<ExplainedLine> explain_sign_off(const Edition& edition);

/// Who may look names up; nothing when the file does not speak of it.
std::vector<ExplainedLine> explain_register(const Edition& edition);
/// The body's periods, also those whose days nobody found.
std::vector<ExplainedLine> explain_calendars(const Edition& edition);
/// What a unit of the edition's own counts as.
std::vector<ExplainedLine> explain_units(const Edition& edition);
std::vector<ExplainedLine> explain_sources(const Edition& edition);

/// "to renew certified"
std::string step_name(const Step& step);
std::string_view to_text(Confidence confidence);
std::string_view to_text(Edition::Kind kind);
/// "in force from 2024-01-01 until further notice; the day of applying chooses the edition"
std::string in_force_sentence(const Edition& edition);

} // namespace peercert::curricula
