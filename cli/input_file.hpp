#pragma once

#include <cstdint>
#include <fstream>
#include <istream>
#include <sstream>
#include <string>

namespace peercert::cli {

/// A file as it lies on disk; `-` is standard input, which is read whole, since an import may have to begin again.
class InputFile {
public:
    /// Throws Error{not_found} for what cannot be read.
    explicit InputFile(const std::string& path);
    std::istream& stream() { return *stream_; }
    std::uint64_t size() const { return size_; } ///< 0: not known

private:
    std::ifstream file_;
    std::stringstream whole_;
    std::istream* stream_{nullptr};
    std::uint64_t size_{0};
};

} // namespace peercert::cli
