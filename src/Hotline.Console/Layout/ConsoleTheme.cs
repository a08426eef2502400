using MudBlazor;

namespace Hotline.Console.Layout;

/// <summary>Colours and type. Latin letters and figures are Inter's, Chinese is the system's: it looks as the person is used to.
/// Every pair of text and ground has a contrast of at least 4.5:1 (WCAG 2.2 AA).</summary>
public static class ConsoleTheme
{
    private static readonly string[] Fonts = ["var(--font)"]; // app.css

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f4c81",
            Secondary = "#7a4b00",
            Tertiary = "#00695c",
            AppbarBackground = "#0f3d66",
            AppbarText = "#ffffff",
            Background = "#f3f5f8",
            Surface = "#ffffff",
            TextPrimary = "#1b2733",
            TextSecondary = "#4a5866",
            ActionDefault = "#4a5866",
            Success = "#1b6e3c",
            Warning = "#8a5300",
            Error = "#b3261e",
            Info = "#0f5c8c",
            LinesDefault = "#dde3ea",
            LinesInputs = "#7b8794",
            TableLines = "#e6ebf0",
            Divider = "#dde3ea",
            TextDisabled = "#5f6b77",
            ActionDisabled = "#5f6b77",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7db8ea",
            PrimaryContrastText = "#08243c",
            Secondary = "#e6b566",
            SecondaryContrastText = "#2b1c00",
            Tertiary = "#6fd0bf",
            AppbarBackground = "#0d1b28",
            AppbarText = "#eaf1f7",
            Background = "#101820",
            Surface = "#18222c",
            DrawerBackground = "#18222c",
            TextPrimary = "#e8eef4",
            TextSecondary = "#b3c0cc",
            ActionDefault = "#b3c0cc",
            Success = "#74c997",
            SuccessContrastText = "#06210f",
            Warning = "#f0b65a",
            WarningContrastText = "#2b1c00",
            Error = "#ff9e94",
            ErrorContrastText = "#3a0a06",
            Info = "#86c5f0",
            InfoContrastText = "#06243a",
            LinesDefault = "#2c3945",
            LinesInputs = "#7f8e9b",
            TableLines = "#2c3945",
            Divider = "#2c3945",
            TextDisabled = "#93a1ad",
            ActionDisabled = "#93a1ad",
        },
        LayoutProperties = new() { DefaultBorderRadius = "6px", AppbarHeight = "48px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5" },
            Button = new ButtonTypography
            { FontFamily = Fonts, FontSize = "0.875rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "0" },
        },
    };
}
