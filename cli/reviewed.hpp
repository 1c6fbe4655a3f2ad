#pragma once

#include <vector>

#include "services/completion.hpp"
#include "words/json.hpp"

namespace peercert::cli {

class Invocation;
class Output;

/// A completion that was judged again because what it rested on was corrected: what became of it and what to do now.
void print_review(const Invocation& asked, const services::CompletionReview& review);
/// Credentials granted on a line that has changed since. Nothing where there are none.
void print_relying(Output& out, const std::vector<services::Relying>& relying);
/// `relying_credentials` and `completion_reviewed` of an answer in JSON.
void set_review(words::Json& answer, const std::optional<services::CompletionReview>& review,
                const std::vector<services::Relying>& relying);

} // namespace peercert::cli
