// the page that lost its session listens for this
new BroadcastChannel('hotline.session').postMessage('signed-in');
window.close();
