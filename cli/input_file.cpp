#include "cli/input_file.hpp"

#include <filesystem>
#include <iostream>

#include <peercert/error.hpp>

namespace peercert::cli {

InputFile::InputFile(const std::string& path) {
    if (path == "-") {
        whole_ << std::cin.rdbuf();
        stream_ = &whole_;
        return;
    }
    file_.open(path, std::ios::binary);
    std::error_code problem;
    if (!file_ || std::filesystem::is_directory(path, problem))
        throw Error(ErrorCode::not_found, "the file " + path + " cannot be read");
    const auto size = std::filesystem::file_size(path, problem);
    size_ = problem ? 0 : size;
    stream_ = &file_;
}

} // namespace peercert::cli
