using System.Text.Encodings.Web;
using Hotline.Identity.Audit;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Hotline.Identity.Pages.Account;

/// <summary>Somebody who signed in turns two-step verification on or off for their own account:
/// time-based codes (RFC 6238) of an authenticator app. Both need a current code.</summary>
[Authorize(AuthenticationSchemes = "Identity.Application")]
public sealed class TwoFactorModel(UserManager<User> users, AccountChanges changes) : PageModel
{
    private const int Recoveries = 10;
    public static readonly Text Explained = new("explained", "用验证器应用扫描二维码，再输入它显示的 6 位数字。以后登录除密码外还要输入验证码。", "Scan this with an "
        + "authenticator app and enter the 6 digits that it shows. From then on signing in takes a code besides the password.");
    public static readonly Text IsOn = new("on", "两步验证已开启。输入当前验证码可关闭。",
        "Two-step verification is on. Enter a current code to turn it off.");
    public static readonly Text Picture = new("picture", "验证器应用的二维码", "QR code for the authenticator app");
    public static readonly Text OrType = new("type", "无法扫描时手工输入密钥：", "If it cannot be scanned, type this key:");
    public static readonly Text TurnOn = new("turn-on", "开启", "Turn on");
    public static readonly Text TurnOff = new("turn-off", "关闭", "Turn off");
    public static readonly Text Back = new("back", "返回平台", "Back to the platform");
    public static readonly Text Recovery = new("recovery", "恢复码只显示这一次，每个只能用一次。请打印后妥善保管：",
        "These recovery codes are shown only now and work once each. Print them and keep them safe:");
    private static readonly Text NowOn = new("now-on", "两步验证已开启", "Two-step verification is on");
    private static readonly Text NowOff = new("now-off", "两步验证已关闭", "Two-step verification is off");
    private static readonly Text Wrong = new("wrong",
        "验证码不正确或已使用过，请检查手机时间，用下一个验证码重试", "Wrong code, or used already: check the phone's clock and try the next one");
    private static readonly Text Locked = new("locked", "错误次数过多，请 5 分钟后再试", "Too many errors: try again in five minutes");

    [BindProperty]
    public string? Code { get; set; }

    public bool Enabled { get; private set; }
    public string Key { get; private set; } = "";
    public string Qr { get; private set; } = "";
    public string? Fault { get; private set; }
    public string? Done { get; private set; }
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await Own() is { } user ? await Show(user) : Challenge();

    public Task<IActionResult> OnPostOnAsync() => Change(NowOn, AuditActions.TwoFactorOn, async user =>
    {
        AccountChanges.Must(await users.SetTwoFactorEnabledAsync(user, true));
        RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Recoveries))!];
    });

    public Task<IActionResult> OnPostOffAsync() => Change(NowOff, AuditActions.TwoFactorOff, users.TurnTwoFactorOff);

    private Task<User?> Own() => users.GetUserAsync(User);

    private async Task<IActionResult> Change(Text done, string action, Func<User, Task> change)
    {
        if (await Own() is not { } known) return Challenge();
        // wrong codes count here as they do at the door: without a limit the six digits are tried out
        if (await users.IsLockedOutAsync(known)) return await Refuse(known, Locked);
        if (!await users.VerifyTwoFactorTokenAsync(known, TokenOptions.DefaultAuthenticatorProvider, TwoFactor.Clean(Code)))
        {
            AccountChanges.Must(await users.AccessFailedAsync(known));
            return await Refuse(known, Wrong);
        }
        return await changes.Run(async () =>
        {
            var user = (await Own())!;
            await change(user);
            AccountChanges.Must(await users.ResetAccessFailedCountAsync(user));
            await changes.EndSessions(user.Id, except: SessionSignIn.SessionOf(User)); // who was signed in before the change is asked anew
            await changes.NoteOwn(user, action);
            Done = done.Say();
            return await Show(user);
        }, HttpContext.RequestAborted);
    }

    private Task<IActionResult> Refuse(User user, Text why)
    {
        Fault = why.Say();
        return Show(user);
    }

    private async Task<IActionResult> Show(User user)
    {
        Enabled = await users.GetTwoFactorEnabledAsync(user);
        if (Enabled) return Page();
        if (await users.GetAuthenticatorKeyAsync(user) is null or "") await users.ResetAuthenticatorKeyAsync(user);
        var secret = (await users.GetAuthenticatorKeyAsync(user))!;
        Key = string.Join(' ', secret.Chunk(4).Select(c => new string(c)));
        // https://github.com/google/google-authenticator/wiki/Key-Uri-Format
        var uri = $"otpauth://totp/{UrlEncoder.Default.Encode("12345")}:{UrlEncoder.Default.Encode(user.UserName!)}"
            + $"?secret={secret}&issuer=12345&digits=6";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        Qr = svg.GetGraphic(4);
        return Page();
    }
}
