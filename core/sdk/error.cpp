#include <peercert/error.hpp>

namespace peercert {

Error::Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
Error::~Error() = default; // the key function: one typeinfo for host and plugins

} // namespace peercert
