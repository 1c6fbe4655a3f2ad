#include "documents/sign_in_sheet.hpp"

#include <memory>

#include <hpdf.h>
#include <qrencode.h>

#include <peercert/error.hpp>

#include "documents/font.hpp"

namespace peercert::documents {

namespace {

// US Letter, in points.
constexpr float page_width = 612, page_height = 792, margin = 48;
constexpr float row_height = 40, qr_size = 32;
constexpr float code_at = margin + qr_size + 8, name_at = code_at + 82, arrived_at = 356, left_at = 420,
                signed_at = 484, right = page_width - margin;

/// The library remembers the first thing that went wrong and does nothing more; nothing of ours is thrown through it.
void require_well(HPDF_Doc pdf) {
    if (const HPDF_STATUS error = HPDF_GetError(pdf); error != HPDF_OK)
        throw Error(ErrorCode::internal, "the sheet could not be drawn (libharu " + std::to_string(error) + ")");
}

struct FreePdf {
    void operator()(HPDF_Doc pdf) const { HPDF_Free(pdf); }
};
using PdfPtr = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, FreePdf>;

struct FreeQr {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

class Drawing {
public:
    Drawing(HPDF_Doc pdf, HPDF_Font font) : pdf_(pdf), font_(font) {}

    void text(float x, float y, float size, const std::string& what) {
        HPDF_Page_BeginText(page_);
        HPDF_Page_SetFontAndSize(page_, font_, size);
        HPDF_Page_TextOut(page_, x, y, what.c_str());
        HPDF_Page_EndText(page_);
    }
    /// Smaller, so that all of it fits; a longer name is never cut.
    void text_within(float x, float y, float size, float width, const std::string& what) {
        HPDF_Page_SetFontAndSize(page_, font_, size);
        const float wide = HPDF_Page_TextWidth(page_, what.c_str());
        text(x, y, wide > width ? size * width / wide : size, what);
    }
    void line(float y, float thickness) {
        HPDF_Page_SetLineWidth(page_, thickness);
        HPDF_Page_MoveTo(page_, margin, y);
        HPDF_Page_LineTo(page_, right, y);
        HPDF_Page_Stroke(page_);
    }
    void qr(float x, float y, const std::string& what) {
        const std::unique_ptr<QRcode, FreeQr> code(QRcode_encodeString8bit(what.c_str(), 1, QR_ECLEVEL_M));
        if (!code)
            throw Error(ErrorCode::internal, "the QR code could not be made");
        const float cell = qr_size / static_cast<float>(code->width);
        for (int row = 0; row < code->width; ++row)
            for (int column = 0; column < code->width; ++column)
                if ((code->data[row * code->width + column] & 1U) != 0U)
                    HPDF_Page_Rectangle(page_, x + cell * static_cast<float>(column),
                                        y + qr_size - cell * static_cast<float>(row + 1), cell, cell);
        HPDF_Page_Fill(page_);
    }
    /// The next page with its head; where the first row's top is.
    float new_page(const SignInSheet& sheet, int number) {
        page_ = HPDF_AddPage(pdf_);
        HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_LETTER, HPDF_PAGE_PORTRAIT);
        float y = page_height - margin - 8;
        text_within(margin, y, 18, right - margin, sheet.title);
        for (const std::string& one : sheet.lines)
            text_within(margin, y -= 16, 10, right - margin, one);
        y -= 26;
        text(margin, y, 9, "Code");
        text(name_at, y, 9, "Name");
        text(arrived_at, y, 9, "Arrived");
        text(left_at, y, 9, "Left");
        text(signed_at, y, 9, "Signed");
        line(y - 5, 1);
        text_within(margin, margin - 18, 8, right - margin - 60, sheet.footer);
        text(right - 40, margin - 18, 8, "Page " + std::to_string(number));
        return y - 5;
    }

private:
    HPDF_Doc pdf_;
    HPDF_Font font_;
    HPDF_Page page_{nullptr};
};

} // namespace

std::filesystem::path default_font() { return "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"; }

Pdf sign_in_sheet(const SignInSheet& sheet, const std::filesystem::path& font_file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(font_file, ignored))
        throw Error(ErrorCode::unavailable, "the font for printed sheets is not at " + font_file.string() +
                                                "; install the package fonts-dejavu-core");
    const PdfPtr pdf(HPDF_New(nullptr, nullptr));
    if (!pdf)
        throw Error(ErrorCode::internal, "the sheet could not be begun");
    HPDF_SetCompressionMode(pdf.get(), HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(pdf.get());
    const char* name = HPDF_LoadTTFontFromFile(pdf.get(), font_file.c_str(), HPDF_TRUE);
    if (name == nullptr)
        throw Error(ErrorCode::invalid_input, font_file.string() + " is no TrueType font that may be embedded");
    HPDF_Font font = HPDF_GetFont(pdf.get(), name, "UTF-8");
    HPDF_SetInfoAttr(pdf.get(), HPDF_INFO_TITLE, "Sign-in sheet");
    HPDF_SetInfoAttr(pdf.get(), HPDF_INFO_CREATOR, "peercert");

    Pdf made;
    Drawing drawing(pdf.get(), font);
    int pages = 0;
    float top = drawing.new_page(sheet, ++pages);
    for (const SignInSheet::Row& row : sheet.rows) {
        if (top - row_height < margin)
            top = drawing.new_page(sheet, ++pages);
        const float middle = top - row_height / 2;
        drawing.qr(margin, middle - qr_size / 2, row.code);
        drawing.text(code_at, middle - 4, 12, row.code);
        drawing.text_within(name_at, middle - 4, 12, arrived_at - name_at - 8, row.name);
        drawing.line(top -= row_height, 0.5F);
        if (!can_draw(pdf.get(), name, row.name))
            made.undrawn.push_back(row.code);
    }
    HPDF_SaveToStream(pdf.get());
    require_well(pdf.get());
    HPDF_UINT32 size = HPDF_GetStreamSize(pdf.get());
    made.bytes.resize(size);
    HPDF_ReadFromStream(pdf.get(), reinterpret_cast<HPDF_BYTE*>(made.bytes.data()), &size);
    made.bytes.resize(size);
    return made;
}

} // namespace peercert::documents
