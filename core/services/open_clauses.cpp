#include "services/open_clauses.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace peercert::services {

bool is_a_list(const Finding& finding) {
    return finding.kind == "needs" || finding.kind == "all of" || finding.kind == "everything" ||
           finding.kind == "meaning";
}

namespace {

/// An age above the upper limit only grows.
bool is_over_limit(const Finding& finding) {
    return finding.kind == "age" && finding.need_is_limit && finding.verdict.is_unmet();
}

/// One of several ways: the thing itself ("GED" of "schooling GED"), and of a list without a name what is in it.
std::string way_called(const Finding& way) {
    if (is_a_list(way) && (way.clause.empty() || way.clause == way.kind)) {
        std::string all;
        for (const Finding& part : way.parts)
            all += (all.empty() ? "" : " + ") + way_called(part);
        return all.empty() ? way.kind : all;
    }
    if (way.clause.starts_with(way.kind + " "))
        return way.clause.substr(way.kind.size() + 1);
    return way.clause.empty() ? way.kind : way.clause;
}

OpenClause as_open(const Finding& finding) {
    OpenClause one;
    one.clause = finding.clause.empty() ? finding.kind : finding.clause;
    one.kind = finding.kind;
    one.to_decide = !finding.verdict.is_unmet();
    one.unit = finding.unit;
    one.own_unit = finding.own_unit;
    one.own_unit_size = finding.own_unit_size;
    one.next = finding.next;
    one.over_limit = is_over_limit(finding);
    if (finding.kind == "none of" && one.clause == finding.kind) { // without a name of its own: what is in the way
        one.clause.clear();
        for (const Finding& part : finding.parts)
            if (!part.verdict.is_unmet())
                one.clause += (one.clause.empty() ? "" : ", ") + (part.clause.empty() ? part.kind : part.clause);
    }
    if (is_a_choice(finding))
        for (const Finding& part : finding.parts)
            one.one_of.push_back(way_called(part));
    if (finding.have && finding.need && !finding.need_is_limit && *finding.need > *finding.have)
        one.missing = *finding.need - *finding.have;
    return one;
}

/// The clauses behind a no: below lists the parts, below an "if" the side that is asked, below a choice the choice
/// itself.
void gather_open(const Finding& finding, std::vector<OpenClause>& open) {
    if (finding.verdict.passes())
        return;
    const bool is_condition = finding.kind == "if" && !finding.parts.empty();
    if (is_a_list(finding) || is_condition) {
        const std::size_t before = open.size();
        for (const Finding& part : finding.parts)
            if (!is_condition || &part != &finding.parts.front())
                gather_open(part, open);
            else if (!part.verdict.is_settled())
                open.push_back(as_open(part)); // which side is asked hangs on it
        if (open.size() != before)
            return;
    }
    OpenClause one = as_open(finding);
    // Parts of a total that are short say more than the total, unless it needs more than they do together.
    std::vector<OpenClause> short_parts;
    std::int64_t in_parts = 0;
    if (finding.have)
        for (const Finding& part : finding.parts)
            if (part.have && part.need && !part.need_is_limit && *part.need > *part.have) {
                if (part.unit == finding.unit) // five courses are no part of forty hours
                    in_parts += *part.need - *part.have;
                OpenClause inner = as_open(part);
                inner.clause = one.clause + ": " + part.clause;
                inner.to_decide = false;
                short_parts.push_back(std::move(inner));
            }
    if (short_parts.empty() || one.missing.value_or(0) > in_parts) {
        for (OpenClause& part : short_parts)
            part.within_total = one.missing.has_value() && part.unit == one.unit;
        open.push_back(std::move(one));
    }
    std::move(short_parts.begin(), short_parts.end(), std::back_inserter(open));
}

} // namespace

bool is_a_choice(const Finding& finding) {
    if (finding.kind == "any of" || finding.kind == "coming from")
        return finding.parts.size() > 1;
    constexpr std::string_view named_things[] = {"statement", "document",   "schooling",
                                                 "training",  "competency", "fact"};
    return finding.parts.size() > 1 && !finding.have &&
           std::find(std::begin(named_things), std::end(named_things), finding.kind) != std::end(named_things) &&
           std::all_of(finding.parts.begin(), finding.parts.end(),
                       [&finding](const Finding& part) { return part.kind == finding.kind; });
}

std::vector<OpenClause> open_clauses(const Finding& finding) {
    std::vector<OpenClause> open;
    gather_open(finding, open);
    return open;
}

} // namespace peercert::services
