#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <peercert/edition.hpp>

#include "curricula/problem.hpp"

/// Editions that two people approved and somebody published, among those that only lie there as files. A text is never
/// changed for this: only the days on which an edition holds are told from the others'.
namespace peercert::curricula {

/// The origin of such an edition (Edition::origin).
inline constexpr std::string_view published_origin = "published";

struct PublishedText {
    std::string code;
    std::string edition;
    std::string digest; ///< of `text`
    std::string text;   ///< resolved: never based on another
    Date first_day{};
};

/// What publishing an edition does to the others of its code.
struct Succession {
    std::vector<std::string> ends;      ///< editions without a last day that it takes the place of
    std::vector<std::string> conflicts; ///< sentences: others claim the same days
};

/// `others` may hold editions of other codes, and the same edition; both are passed over.
Succession succession(const Edition& edition, Date first_day, std::span<const std::shared_ptr<const Edition>> others);

/// Ends each edition that a published one takes the place of, on the day before. A file that still claims days of a
/// published edition is taken out of `editions` and told in the answer.
std::vector<Problem> give_way_to_published(std::vector<std::shared_ptr<const Edition>>& editions,
                                           std::span<const PublishedText> published);

} // namespace peercert::curricula
