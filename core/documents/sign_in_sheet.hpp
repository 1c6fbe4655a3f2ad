#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// A sign-in sheet as a PDF: to be printed, signed with a pen, and read back by its codes. The text in it is text, with
/// its letters embedded, so that a screen reader reads it and a search finds it. The same content makes the same bytes.
namespace peercert::documents {

struct SignInSheet {
    struct Row {
        std::string code; ///< printed, and as a QR code beside it
        std::string name; ///< the name the person uses
    };
    std::string title;              ///< of the cohort
    std::vector<std::string> lines; ///< beneath it: session and day, unit, leaders
    std::string footer;             ///< how to read it back
    std::vector<Row> rows;
};

struct Pdf {
    std::string bytes;
    std::vector<std::string> undrawn; ///< codes of rows whose name holds letters that the font does not have
};

/// Throws Error{unavailable} when the font is not there (which names the Debian package), Error{invalid_input} when it
/// is none that can be embedded, Error{internal} when the library fails.
Pdf sign_in_sheet(const SignInSheet& sheet, const std::filesystem::path& font);

/// The font that Debian installs: fonts-dejavu-core.
std::filesystem::path default_font();

} // namespace peercert::documents
