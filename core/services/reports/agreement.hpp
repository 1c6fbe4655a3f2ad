#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// An exact fraction; `of` is greater than 0.
struct Fraction {
    std::int64_t part{0};
    std::int64_t of{1};
    /// In hundredths, halves away from zero.
    std::int64_t hundredths() const;
    bool operator==(const Fraction&) const = default;
};

/// How often two raters chose each pair of ratings: `table[first][second]`, ratings from lowest to highest.
using RatingTable = std::vector<std::vector<std::int64_t>>;

/// How often both said the same. Nothing for an empty table.
std::optional<Fraction> percent_agreement(const RatingTable& table);

/// Weighted kappa with equally spaced weights, the disagreement of ratings i and j being |i - j|:
///     kappa = 1 - N * sum(|i - j| * n_ij) / sum(|i - j| * row_i * column_j)
/// J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968) 213-220, doi:10.1037/h0026256; equal spacing is
/// 1 - |i - j| / (k - 1) written as a weight of agreement, whose k - 1 cancels out. Exact: counts only are multiplied.
/// Nothing where everybody chose the same rating throughout: then chance explains everything, and it says nothing.
std::optional<Fraction> weighted_kappa(const RatingTable& table);

/// Each pair counted in both orders. Our two raters are whoever was there, no fixed first and second: so the figure
/// does not hang on who typed first.
RatingTable in_both_orders(RatingTable table);

/// How far raters agree, competency by competency; never rater by rater or learner by learner. It serves to train
/// raters and to mend unclear wording, and is no measure of anybody (practice.md 1.4).
struct AgreementReport {
    /// Fewer are told as too few, without a figure.
    static constexpr std::int64_t enough = 10;
    struct Line {
        std::string competency;
        std::int64_t double_rated{0};  ///< observations that two people rated, each for themselves
        std::optional<Fraction> same;  ///< absent: too few
        std::optional<Fraction> kappa; ///< absent: too few, or all ratings are the same
    };
    struct OfEdition {
        std::string edition;            ///< "code edition": each has its own scale
        std::vector<std::string> scale; ///< from lowest to highest, as it was compared
        std::vector<Line> lines;        ///< by competency
    };
    std::string framework;
    std::vector<OfEdition> editions;
};

/// Two people rated the same learner's same competency on the same day and, if there was one, in the same session, each
/// by a sign-off of their own: what two signed together in one go is one rating, and "not observed" is none. Of more
/// than two raters of one observation the first two count. Throws Error{not_found} for a framework that nobody knows.
AgreementReport agreement(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view framework);

} // namespace peercert::services
