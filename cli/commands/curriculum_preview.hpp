#pragma once

#include <optional>

#include "cli/command.hpp"
#include "curricula/catalogue.hpp"
#include "services/preview.hpp"
#include "words/json.hpp"

/// Who would gain, lose or get another last day: a command of its own, and shown beside a proposal.
namespace peercert::cli {

Command preview_command();

/// `later` against the edition of its code that holds on that day, today if none is given.
services::Preview previewed(Invocation& asked, const curricula::Catalogue::EditionPointer& later,
                            std::optional<Date> on, bool with_people);
words::Json preview_json(const services::Preview& seen);
void show_preview(Invocation& asked, const services::Preview& seen);

} // namespace peercert::cli
