using Hotline.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Identity.Pages.Account;

/// <summary>The second step of signing in: a time-based code (RFC 6238), or one of the recovery codes, each of which works once.
/// Wrong codes lock the account like wrong passwords.</summary>
public sealed class CodeModel(SignInManager<User> signIn, PasswordCheck check) : SignInPage
{
    public static readonly Text Title = new("title", "两步验证", "Two-step verification");
    public static readonly Text Subtitle = new("subtitle", "请输入验证器应用上的 6 位数字，或一个恢复码",
        "Enter the 6 digits of your authenticator app, or a recovery code");
    public static readonly Text CodeLabel = new("code", "验证码", "Code");
    private static readonly Text Wrong = new("wrong", "验证码不正确；多次错误后账号会锁定 5 分钟",
        "Wrong code; after several errors an account is locked for 5 minutes");

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("Login", new { ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        // the first step is too long ago, or was never taken here
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return RedirectToPage("Login", new { ReturnUrl });
        var code = TwoFactor.Clean(Code);
        var result = code.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (result.Succeeded) return LeadOn(user);
        await check.NoteFailure(user, result.IsLockedOut);
        Fault = Wrong.Say();
        return Page();
    }
}
