using Hotline.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Identity.Pages.Account;

public sealed class LoginModel(PasswordCheck check, UserManager<User> users) : SignInPage
{
    public static readonly Text Title = new("title", "12345 热线平台", "12345 Hotline");
    public static readonly Text Subtitle = new("subtitle", "请使用工作账号登录", "Sign in with your work account");
    public static readonly Text UserLabel = new("user", "用户名", "User name");
    public static readonly Text PasswordLabel = new("password", "密码", "Password");
    public static readonly Text Submit = new("sign-in", "登录", "Sign in");

    // one answer for a wrong name, a wrong password and a locked account: none of them tells which accounts there are
    private static readonly Text Wrong = new("wrong", "用户名或密码不正确；多次错误后账号会锁定 5 分钟",
        "Wrong user name or password; after several errors an account is locked for 5 minutes");

    [BindProperty]
    public string? Username { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var result = string.IsNullOrEmpty(Username) || string.IsNullOrEmpty(Password)
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await check.SignIn(Username, Password);
        if (result.RequiresTwoFactor) return RedirectToPage("Code", new { ReturnUrl });
        if (result.Succeeded) return LeadOn((await users.FindByNameAsync(Username!.Trim()))!);
        Fault = Wrong.Say();
        return Page();
    }
}
