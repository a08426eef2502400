using Hotline.Identity.Audit;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hotline.Identity.Pages.Account;

/// <summary>Who signed in with a temporary password chooses one; until then there is no token. A password of one's own is changed in the
/// console (POST /api/staff/me/password),
/// which asks for the current one.</summary>
[Authorize(AuthenticationSchemes = "Identity.Application")]
public sealed class PasswordModel(UserManager<User> users, AccountChanges changes) : PageModel
{
    public static readonly Text Title = new("title", "设置新密码", "Choose a password");
    public static readonly Text Subtitle = new("subtitle", "您使用的是临时密码，请先设置自己的密码",
        "You signed in with a temporary password: choose your own first");
    public static readonly Text NewLabel = new("new", "新密码", "New password");
    public static readonly Text AgainLabel = new("again", "再输入一次", "Once more");
    public static readonly Text Rules = new("rules", "至少 12 个字符，可使用任何字符，不能是常见密码",
        "At least 12 characters, of any kind, and not a common one");
    public static readonly Text Submit = new("submit", "保存并继续", "Save and go on");
    private static readonly Text Differ = new("differ", "两次输入不一致", "The two are not the same");
    private static readonly Text Same = new("same", "新密码不能与临时密码相同", "The new password cannot be the temporary one");

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? New { get; set; }

    [BindProperty]
    public string? Again { get; set; }

    public string? Fault { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { MustChangePassword: true } ? Page() : LeadOn();

    public Task<IActionResult> OnPostAsync() => changes.Run(async () =>
    {
        if (await users.GetUserAsync(User) is not { MustChangePassword: true } user) return LeadOn();
        if (await FaultOf(user) is { } fault)
        {
            Fault = fault.Say();
            return Page();
        }
        await users.Choose(user, New!);
        await changes.EndSessions(user.Id, except: SessionSignIn.SessionOf(User));
        await changes.NoteOwn(user, AuditActions.PasswordChanged);
        return LeadOn();
    }, HttpContext.RequestAborted);

    private async Task<Text?> FaultOf(User user) => New != Again ? Differ
        : PasswordRules.Fault(New, user) is { } fault ? fault
        : await users.CheckPasswordAsync(user, New!) ? Same : null;

    private IActionResult LeadOn() => LocalRedirect(LocalUrl.Of(ReturnUrl));
}
