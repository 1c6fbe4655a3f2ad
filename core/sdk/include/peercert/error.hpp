#pragma once

#include <stdexcept>
#include <string>

#include <peercert/export.hpp>

namespace peercert {

/// What kind of failure it was. A person who does not qualify is an answer, never one of these.
enum class ErrorCode {
    invalid_input,  ///< what was asked cannot be understood or is against a stated rule of the record
    not_found,      ///< no such thing, or none this actor may know of
    conflict,       ///< it contradicts what is recorded already (duplicate, closed, out of order)
    forbidden,      ///< this actor may not do this
    plugin_failure, ///< a plugin was refused, threw, or answered nonsense
    unavailable,    ///< a database, disk or lock cannot be reached now; trying later may help
    internal        ///< our own mistake
};

/// The one exception type that leaves a room. `what()` is a sentence for people: what is wrong, with which thing, and
/// what would mend it; it never holds SQL, a stack or another person's data.
class PEERCERT_EXPORT Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message);
    ~Error() override;
    Error(const Error&) = default;
    Error& operator=(const Error&) = default;
    ErrorCode code() const noexcept { return code_; }

private:
    ErrorCode code_;
};

} // namespace peercert
